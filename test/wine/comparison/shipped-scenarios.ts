import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '#engine/model/lab-error.ts';
import { type PortRange, contains } from '#engine/model/port-range.ts';
import { parseScript } from '#engine/script/parse-script.ts';
import { addressesNamed, checkOnWinsock } from '#engine/script/script-needs.ts';

export interface ShippedScenario {
  readonly name: string;
  readonly range: PortRange;
  readonly script: unknown;
}

const FOLDER = join(import.meta.dirname, '../../../docs/scenarios');
const DEFAULT_RANGE = { start: 50_000, count: 64 };
/** Each is moved so far from the one before: no TIME_WAIT of one meets another. */
const APART = 100;

/**
 * The scenarios in docs/scenarios that real sockets can run: loopback addresses, one process, no change
 * to the host.
 */
export function shippedScenarios(): ShippedScenario[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.jsonc'));
  return names.toSorted().flatMap((file, index) => {
    const script = parseScript(readFileSync(join(FOLDER, file), 'utf8'));
    if (!onLoopback(addressesNamed(script)) || !runsOnWinsock(script)) return [];
    const range = script.profile?.dynamicRanges?.tcp4 ?? DEFAULT_RANGE;
    const by = index * APART;
    return [
      {
        name: file.replace('.jsonc', ''),
        range: { ...range, start: range.start + by },
        script: moved(script.source, by, range),
      },
    ];
  });
}

function onLoopback(addresses: readonly string[]): boolean {
  return addresses.every((address) => address.startsWith('127.') || address === '::1');
}

function runsOnWinsock(script: Parameters<typeof checkOnWinsock>[0]): boolean {
  try {
    checkOnWinsock(script);
    return true;
  } catch (error) {
    if (error instanceof LabError && error.kind === 'refused') return false;
    throw error;
  }
}

/** The script with every port number of its range moved, wherever it stands. */
function moved(value: unknown, by: number, range: PortRange): unknown {
  if (Array.isArray(value)) return value.map((entry) => moved(entry, by, range));
  if (typeof value !== 'object' || value === null) return value;
  const isPort = (key: string, entry: unknown): entry is number =>
    (key === 'port' || key === 'start') && typeof entry === 'number' && contains(range, entry);
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      isPort(key, entry) ? entry + by : moved(entry, by, range),
    ]),
  );
}
