import type { Family, Protocol } from '../model/protocol.ts';
import type { AssumptionId } from '../profile/assumptions.ts';
import type { AddressClass } from '../run/run-document.ts';
import type { ClaimId } from './claims.ts';
import type { PartId } from './rules/full-evidence.ts';

/** What decides, beside experiment and claim, which assumptions a modelled outcome rests on. */
export interface Circumstances {
  readonly protocol: Protocol;
  readonly family: Family;
  readonly addressClass: AddressClass;
  /** The modelled host has excluded ranges. */
  readonly exclusions: boolean;
  /** It has an auto-reuse range. */
  readonly autoReuse: boolean;
  /** Other applications hold ports on it. */
  readonly others: boolean;
  /** Ports stay held after a close without a connection (A22). */
  readonly closeHolds: boolean;
}

/** Why an outcome would, or might, be another one if the switch were set otherwise. */
export const ROLE = {
  'PS-1': 'what sockets without the option get: every comparison is with them',
  'PS-6': 'whether the option set after bind does anything',
  A1: 'whether the option does anything at all',
  A2: 'what ports that others hold without the option take from sockets with it',
  A3: 'what ports that others hold with the option take from sockets without it',
  A4: 'whether sockets of other programs share numbers with the run’s',
  A6: 'whether the option works on the wildcard address',
  A10: 'what ports that others chose themselves take from the pools',
  A11: 'what listeners on the wildcard address take from sockets with the option',
  A12: 'whether the option works for UDP, which this run used',
  A13: 'whether the option works for IPv6, which this run used',
  A14: 'the code by which the run tells that no port is left',
  A15: 'the code where only numbers held through the option stand in the way',
  A16: 'whether SO_REUSE_UNICASTPORT can be set beside the option',
  A17: 'whether the option can be set on a bound socket',
  A18: 'whether what was set can be read back',
  A19: 'whether a sweep comes by the numbers that are held',
  A20: 'whether a sweep comes by the numbers that are held',
  A21: 'how long the ports of a closed socket are missing',
  A22: 'whether ports released before are free again',
  A26: 'whether the auto-reuse range is part of the pool',
  A27: 'whether loopback addresses have pools of their own',
  A28: 'whether addresses of one adapter share numbers',
  bindMatrix: 'which named ports conflict with held ones',
  implicitConnect: 'which numbers a connect without a bind chooses from',
  timeWaitScope: 'whether those ports are held, or connections only',
  unicastPort: 'whether the host knows SO_REUSE_UNICASTPORT at all',
  reservations: 'whether an own pool can be reserved',
  reservationScope: 'whether a reserved number serves every address',
  A29: 'whether sockets with the option keep out of excluded ranges too',
} as const satisfies { readonly [Id in AssumptionId]?: string };

/** An assumption that some claim's outcome rests on. */
export type RestId = keyof typeof ROLE;

/**
 * Whatever the circumstances. An experiment's arms are each other's controls, so its claims share
 * theirs. A full run has none of its own: it rests on what its parts do.
 */
const ALWAYS: Readonly<Record<PartId, Readonly<Partial<Record<ClaimId, readonly RestId[]>>>>> = {
  capacity: {
    'PS-1': ['PS-1', 'A1', 'A14', 'A22'],
    'PS-2': ['PS-1', 'A1', 'A14', 'A22'],
    'PS-3': ['PS-1', 'A1', 'A14', 'A22'],
    'prefer-unicast': ['PS-1', 'A1', 'A14', 'A22', 'unicastPort'],
    'own-pool': ['PS-1', 'A1', 'A14', 'A22', 'reservations', 'reservationScope'],
  },
  'option-conflict': { 'PS-9': ['A1', 'A16', 'A18', 'unicastPort'] },
  'connect-reuse': { 'prefer-unicast': ['A14', 'A22', 'implicitConnect', 'unicastPort'] },
  'time-wait': {},
  exclusivity: {},
  walkthrough: {},
  'bind-matrix': {},
  sweep: {
    'PS-1': ['PS-1', 'A1', 'A19', 'A20', 'A22'],
    'PS-2': ['PS-1', 'A1', 'A19', 'A20', 'A22'],
    'PS-4': ['PS-1', 'A1', 'A3', 'A19', 'A20', 'A22'],
    platform: ['PS-1', 'A1', 'A19', 'A20', 'A22'],
  },
  'late-option': { 'PS-6': ['PS-1', 'PS-6', 'A1', 'A2', 'A3', 'A17', 'A19', 'A20', 'A22'] },
  'wildcard-address': {
    'PS-7': ['PS-1', 'A1', 'A2', 'A3', 'A6', 'A19', 'A20', 'A22', 'bindMatrix'],
  },
  'cross-process': { 'PS-8': ['PS-1', 'A1', 'A4', 'A19', 'A20', 'A22'] },
  'same-adapter': { 'PS-2': ['PS-1', 'A1', 'A28', 'A19', 'A20', 'A22'] },
  churn: {},
  'mixed-load': { 'PS-5': ['PS-1', 'A1', 'A2', 'A3', 'A14', 'A15', 'A19', 'A20', 'A22'] },
  starvation: {
    'PS-4': ['PS-1', 'A1', 'A3', 'A14', 'A19', 'A22'],
    'PS-5': ['PS-1', 'A1', 'A3', 'A14', 'A15', 'A19', 'A22'],
  },
};

/** Only in some circumstances. */
const SOMETIMES: readonly {
  readonly when: (circumstances: Circumstances) => boolean;
  readonly ids: readonly RestId[];
}[] = [
  { when: ({ protocol }) => protocol === 'udp', ids: ['A12'] },
  { when: ({ family }) => family === 'ipv6', ids: ['A13'] },
  { when: ({ addressClass: of }) => of === 'loopback' || of === 'mixed', ids: ['A27'] },
  { when: ({ addressClass: of }) => of === 'same-nic' || of === 'mixed', ids: ['A28'] },
  { when: ({ exclusions }) => exclusions, ids: ['A29'] },
  { when: ({ autoReuse, protocol }) => autoReuse && protocol === 'tcp', ids: ['A26'] },
  { when: ({ closeHolds }) => closeHolds, ids: ['A2', 'A21', 'timeWaitScope'] },
  { when: ({ others }) => others, ids: ['A2', 'A3', 'A4', 'A10', 'A11', 'A15'] },
];

/**
 * The assumptions a claim's outcome on the simulated stack rests on. Of an experiment the lab does
 * not know (a run from elsewhere) all that any experiment would; of a claim it does not know, none.
 */
export function assumptionsBehind(
  experiment: string,
  claim: string,
  circumstances: Circumstances,
): RestId[] {
  const known = Object.hasOwn(ALWAYS, experiment);
  const tables = known ? [ALWAYS[experiment as PartId]] : Object.values(ALWAYS);
  const always = tables
    .filter((table) => Object.hasOwn(table, claim))
    .flatMap((table) => table[claim as ClaimId] ?? []);
  if (always.length === 0) return [];
  const sometimes = SOMETIMES.filter(({ when }) => when(circumstances)).flatMap(({ ids }) => ids);
  return [...new Set([...always, ...sometimes])];
}
