import type { AssumptionDefinition } from './assumption-definition.ts';

/**
 * The rules of Microsoft's SO_PORT_SCALABILITY page (PS-8 and PS-9 with ctsTraffic) as switches of
 * their own. Rules that an open question also asks for are in `SAME_SWITCH` and have no entry here.
 */
export const DOCUMENTED_RULES = {
  'PS-1': {
    name: 'legacyCapAcrossAddresses',
    about:
      'Without the option all addresses together get one range, or each its own (on Wine: for TCP)',
    values: ['one-range', 'per-address', 'per-address-tcp'],
    mark: 'D',
    source: 'Microsoft, SO_PORT_SCALABILITY',
  },
  'PS-3': {
    name: 'ceiling',
    about:
      'With the option the ceiling is range size times addresses; follows from the sharing rules',
    values: ['follows'],
    mark: 'D',
    source: 'Microsoft, SO_PORT_SCALABILITY',
  },
  'PS-5': {
    name: 'starvation',
    about: 'Option sockets can starve option-less ones; follows from PS-4',
    values: ['follows'],
    mark: 'D',
    source: 'Microsoft, SO_PORT_SCALABILITY',
  },
  'PS-6': {
    name: 'setBeforeBind',
    about:
      'The option set on a bound socket has no effect, or makes its number shareable (answer: A17)',
    values: ['no-effect', 'takes-effect'],
    mark: 'D',
    source: 'Microsoft, SO_PORT_SCALABILITY',
  },
} as const satisfies Record<string, AssumptionDefinition>;

/** Rules that are the same switch as an open question: either id sets it. */
export const SAME_SWITCH = {
  'PS-2': 'A1',
  'PS-4': 'A3',
  'PS-7': 'A6',
  'PS-8': 'A4',
  'PS-9': 'A16',
} as const;
