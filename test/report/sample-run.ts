import type { RunSeries } from '#engine/analysis/run-series.ts';
import type { EventBatch } from '#engine/event/event-batch.ts';
import { thousands } from '#engine/model/words.ts';
import { DOCUMENTED_PROFILE } from '#engine/profile/documented-profile.ts';
import type { Arm, Basis, ClaimResult, RunDocument } from '#engine/run/run-document.ts';
import { runDocumentSchema } from '#engine/run/run-document.ts';
import { SampleEvents } from './sample-events.ts';
import { sampleHost } from './sample-host.ts';

/** A run invented for tests: its document, its events and its series tell the same story. */
export interface SampleRun {
  readonly document: RunDocument;
  readonly series: RunSeries;
  readonly batches: readonly EventBatch[];
}

export interface SampleChoice {
  readonly basis: Basis;
  readonly addresses: readonly string[];
  /** Ports one address can give. */
  readonly usable: number;
}

/** Invented documentation addresses (RFC 5737, RFC 3849) on two adapters. */
export function sampleAddresses(count: number, family: 'ipv4' | 'ipv6' = 'ipv4'): string[] {
  return Array.from({ length: count }, (_, at) =>
    family === 'ipv4' ? `198.51.100.${at + 21}` : `2001:db8:51:100::${(at + 0x21).toString(16)}`,
  );
}

export function sampleRun(choice: Partial<SampleChoice> = {}): SampleRun {
  const full: SampleChoice = {
    basis: 'measured',
    addresses: sampleAddresses(4),
    usable: 6_120,
    ...choice,
  };
  const events = new SampleEvents(full);
  const arms = [
    events.arm('legacy', full.basis === 'wine' ? full.usable * full.addresses.length : full.usable),
    events.arm('port-scalability', full.usable * full.addresses.length),
  ];
  return {
    document: documentOf(full, arms, events.now),
    series: events.series(),
    batches: events.batches(),
  };
}

function documentOf(choice: SampleChoice, arms: Arm[], durationNs: number): RunDocument {
  const { basis, addresses, usable } = choice;
  const [legacy = 0, option = 0] = arms.map((arm) => arm.bound);
  const prefix =
    basis === 'modelled'
      ? 'Simulated (profile documented): '
      : basis === 'wine'
        ? 'Wine, not Windows: '
        : '';
  return runDocumentSchema.parse({
    run: {
      id: 'r-7f3a',
      experiment: 'capacity',
      title: null,
      tags: [],
      stack: basis === 'modelled' ? 'simulated' : 'winsock',
      ffi: basis === 'modelled' ? null : 'koffi',
      host: sampleHost(choice),
      profile:
        basis === 'modelled'
          ? {
              name: 'documented',
              resolved: {
                ...DOCUMENTED_PROFILE,
                addresses: addresses.map((address) => ({ address, adapter: 'default' })),
              },
            }
          : null,
      seed: 0,
      startedAt: '2026-03-05T08:41:17.204Z',
      durationNs,
      status: 'complete',
      eventCount: 5 * (legacy + option) + 2,
      version: 1,
      labVersion: '0.1.0',
      addresses,
    },
    parameters: {
      protocol: 'tcp',
      family: addresses[0]?.includes(':') ? 'ipv6' : 'ipv4',
      ports: 0,
      rate: 0,
    },
    measures: {
      'legacy.bound': legacy,
      'legacy.seconds': 0.91,
      'port-scalability.bound': option,
      'port-scalability.seconds': 3.427,
      multiplier: option / Math.max(1, legacy),
    },
    arms,
    claims: sampleClaims(basis, usable, addresses.length),
    findings: [
      {
        id: 'starves-option-less',
        severity: 'warning',
        text: 'With every number held on at least one address, option-less applications got no wildcard port at the peak. Do: cap the application below the range, so that numbers stay free on all addresses.',
      },
      {
        id: 'churn',
        severity: 'info',
        text: 'Two exclusions lie inside the dynamic range. They may move at the next start.',
      },
    ],
    verdict:
      basis === 'wine'
        ? `${prefix}the control scaled too: ${legacy} ports on ${addresses.length} addresses without the option, ${option} with it, so nothing here shows that SO_PORT_SCALABILITY does anything.`
        : `${prefix}SO_PORT_SCALABILITY multiplies the wildcard ports by ${option / legacy}: ${option.toLocaleString('en-US')} ports on ${addresses.length} addresses instead of ${legacy.toLocaleString('en-US')}.`,
    safety: {
      exhaustive: true,
      reserve: 0,
      maxSockets: 500_000,
      maxSeconds: 600,
      peakHeld: option,
      openAfter: 0,
    },
    command: `portlab run capacity --addresses ${addresses.join(',')} --exhaust --seed 0`,
  });
}

function sampleClaims(basis: Basis, usable: number, addresses: number): ClaimResult[] {
  const addressClass = basis === 'wine' ? 'loopback' : 'same-nic';
  return [
    {
      id: 'PS-1',
      outcome: basis === 'wine' ? 'inconclusive' : 'confirmed',
      basis,
      addressClass,
      because:
        basis === 'wine'
          ? 'the control repeated numbers on every address'
          : `${thousands(usable)} over ${addresses} addresses, then 10055`,
    },
    {
      id: 'PS-2',
      outcome: basis === 'wine' ? 'inconclusive' : 'confirmed',
      basis,
      addressClass,
      because:
        basis === 'wine'
          ? 'numbers repeat without the option, too'
          : `${thousands(usable)} numbers were held on two or more addresses`,
    },
    { id: 'PS-6', outcome: 'untested', basis, addressClass, because: 'not part of this run' },
  ];
}
