import { basisOfRun } from '#engine/chart/provenance.ts';
import { describeCode } from '#engine/model/winsock-error.ts';
import type { Arm, Basis } from '#engine/run/run-document.ts';
import { csvTable, type CsvCell } from './csv-table.ts';
import { isRecord, valueRows } from './values.ts';
import type { RunReportInput } from './run-report.ts';

const HEADER = ['section', 'key', 'address', 'value', 'unit', 'basis'] as const;

type Row = readonly [
  section: string,
  key: string,
  address: string | null,
  value: CsvCell,
  unit: string | null,
  basis: Basis,
];

/**
 * A run as one long table for a spreadsheet: a fact a row, to filter and pivot by section, key and
 * address. Every row says whether it was measured.
 */
export function renderCsv(input: RunReportInput): string {
  const { document } = input;
  const basis = basisOfRun(document.run);
  const row = (
    section: string,
    key: string,
    value: CsvCell,
    unit: string | null = null,
    address: string | null = null,
  ): Row => [section, key, address, value, unit, basis];
  const settings = (section: string, value: unknown): Row[] =>
    isRecord(value) && Object.keys(value).length > 0
      ? valueRows(value).map((entry) => row(section, entry.path, entry.raw))
      : [];
  return csvTable([
    HEADER,
    ...head(input).map(([key, value, unit]) => row('run', key, value, unit)),
    ...document.run.addresses.map((address, at) =>
      row('run', `address.${at + 1}`, address, null, address),
    ),
    ...document.arms.flatMap((arm) => [
      ...armFacts(arm).map(([key, value, unit]) => row('arm', armKey(arm, key), value, unit)),
      ...Object.entries(arm.perAddress).map(([address, ports]) =>
        row('arm', armKey(arm, 'bound'), ports, 'ports', address),
      ),
      ...speed(input, arm, basis).map(([key, value, unit]) =>
        row('arm', armKey(arm, key), value, unit),
      ),
    ]),
    ...(document.steps ?? []).flatMap((step): Row[] =>
      (['call', 'answer', 'code', 'expectation'] as const).map((key) =>
        row('step', `${step.index}.${key}`, step[key], null, step.address),
      ),
    ),
    ...Object.entries(document.measures).map(([name, value]) => row('measure', name, value)),
    ...document.claims.flatMap((claim): Row[] =>
      (['outcome', 'addressClass', 'because'] as const).map((key) => [
        'claim',
        `${claim.id}.${key}`,
        null,
        claim[key],
        null,
        claim.basis,
      ]),
    ),
    ...document.findings.map((finding) =>
      row('finding', `${finding.severity}.${finding.id}`, finding.text),
    ),
    ...Object.entries(document.safety).map(([key, value]) =>
      row('safety', key, value, SAFETY_UNITS[key] ?? null),
    ),
    ...settings('parameter', document.parameters),
    ...settings('profile', document.run.profile?.resolved),
  ]);
}

type Fact = readonly [key: string, value: CsvCell, unit: string | null];

const SAFETY_UNITS: Readonly<Record<string, string>> = {
  reserve: 'ports',
  maxSockets: 'sockets',
  maxSeconds: 's',
  peakHeld: 'ports',
  openAfter: 'sockets',
};

function head({ document, generatedAt }: RunReportInput): Fact[] {
  const { run } = document;
  return [
    ['verdict', document.verdict, null],
    ['id', run.id, null],
    ['experiment', run.experiment, null],
    ['title', run.title, null],
    ['tags', run.tags.join(' '), null],
    ['status', run.status, null],
    ['startedAt', run.startedAt, 'UTC'],
    ['duration', run.durationNs, 'ns'],
    ['eventCount', run.eventCount, 'calls'],
    ['stack', run.stack, null],
    ['ffi', run.ffi, null],
    ['profile', run.profile?.name ?? null, null],
    ['seed', run.seed, null],
    ['host', run.host.hostname, null],
    ['os', run.host.os.name, null],
    ['build', run.host.os.build, null],
    ['productType', run.host.os.productType, null],
    ['wine', run.host.wine, null],
    ['labVersion', run.labVersion, null],
    ['version', run.version, null],
    ['generatedAt', generatedAt, 'UTC'],
    ['command', document.command, null],
  ];
}

/** `2.port-scalability.bound`: strategies may come twice, arms do not. */
function armKey(arm: Arm, key: string): string {
  return `${arm.index}.${arm.strategy}.${key}`;
}

function armFacts(arm: Arm): Fact[] {
  const error = arm.firstError;
  return [
    ['bound', arm.bound, 'ports'],
    ['overlap', arm.overlap, 'ports'],
    ['ended', arm.ended, null],
    ['firstError', error === null ? null : `${error.call}: ${describeCode(error.code)}`, null],
  ];
}

/** Not for simulated runs: their calls take 1,000 ns by convention. */
function speed({ series }: RunReportInput, arm: Arm, basis: Basis): Fact[] {
  const found = series?.arms.find((candidate) => candidate.index === arm.index);
  if (found === undefined || basis === 'modelled') return [];
  const latency = found.latency;
  return [
    [
      'bindsPerSecond',
      found.bindsPerSecond === null ? null : Math.round(found.bindsPerSecond),
      '1/s',
    ],
    ...(latency === null
      ? []
      : (['p50', 'p95', 'p99', 'max'] as const).map((name): Fact => [
          `bindLatency.${name}`,
          latency[name],
          'ns',
        ])),
  ];
}
