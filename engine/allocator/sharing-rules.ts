import type { Family, Protocol } from '../model/protocol.ts';
import { WSA } from '../model/winsock-error.ts';
import type { Assumptions } from '../profile/assumptions.ts';
import type { Kind } from './holder.ts';
import { HOLDER_BITS, KIND, kindOf, MODE, modeOf } from './holder.ts';

/** What a wildcard-port bind needs of a number. */
export const NEED = {
  /** Nobody holds it on any address. */
  freeOnAll: 0,
  /** Nobody holds it on this address, and it isn't barred on every address. */
  freeHere: 1,
  /** Free here, and held elsewhere at most by sockets that don't block option-less ones. */
  freeHereAndForLegacy: 2,
} as const;
export type Need = (typeof NEED)[keyof typeof NEED];

export type PickPolicy = Assumptions['A19'];

/**
 * A port's count is two numbers in one: the low bits count what bars it from sockets that need it
 * free on all addresses, the bits above what bars it on every address. A holder adds its weight.
 */
export const ANYWHERE_ONE = 1;
export const EVERYWHERE_ONE = 1 << 17;
export const ANYWHERE_MASK = EVERYWHERE_ONE - 1;
/** Weight of what blocks everyone. */
export const BARS_ALL = ANYWHERE_ONE + EVERYWHERE_ONE;

/** The sharing rules of one pool, worked out of a profile's assumptions. */
export interface SharingRules {
  /** Whether SO_PORT_SCALABILITY has an effect at all (A1, A12, A13), and on the wildcard address (A6). */
  readonly optionWorks: boolean;
  readonly optionWorksOnWildcard: boolean;
  /** No two addresses are kept apart by adapter or loopback (A27, A28). */
  readonly allAddressesShare: boolean;
  /** By kind: on a specific address legacy, option; then on the wildcard address. */
  readonly needs: readonly [Need, Need, Need, Need];
  /** What a holder adds to its port's count: by its traits, plus 16 on the wildcard address. */
  readonly weights: readonly number[];
  /** What an exclusion adds (A29). */
  readonly exclusionWeight: number;
  readonly legacyPick: PickPolicy;
  readonly optionPick: PickPolicy;
  /** Error of a wildcard-port bind, and of a connect's implicit one, in an exhausted pool (A14). */
  readonly exhausted: ExhaustionCodes;
  /** The same when only shared holders stand in an option-less socket's way (A15). */
  readonly starved: ExhaustionCodes;
}

export interface ExhaustionCodes {
  readonly bind: number;
  readonly connect: number;
}

const EXHAUSTION_CODES = {
  '10055': { bind: WSA.WSAENOBUFS, connect: WSA.WSAENOBUFS },
  wine: { bind: WSA.WSAEADDRINUSE, connect: WSA.WSAEADDRNOTAVAIL },
} as const;

export function sharingRules(
  assumptions: Assumptions,
  protocol: Protocol,
  family: Family,
): SharingRules {
  const { A1, A3, A6, A10, A12, A13, A14, A15, A19, A20, A27, A28, A29 } = assumptions;
  const legacyMayShare = A3 === 'allowed' || A10 === 'none';
  return {
    optionWorks:
      A1 === 'honoured' &&
      (protocol === 'tcp' || A12 === 'as-tcp') &&
      (family === 'ipv4' || A13 === 'as-ipv4'),
    optionWorksOnWildcard: A6 === 'as-option',
    allAddressesShare: A27 !== 'one-pool' && A28 === 'shared',
    needs: [
      assumptions['PS-1'] === 'per-address'
        ? NEED.freeHere
        : legacyMayShare
          ? NEED.freeHereAndForLegacy
          : NEED.freeOnAll,
      NEED.freeHere,
      NEED.freeOnAll,
      NEED.freeHere,
    ],
    weights: Array.from({ length: 2 * (HOLDER_BITS + 1) }, (_, index) => {
      const traits = index & HOLDER_BITS;
      return index > HOLDER_BITS
        ? wildcardWeight(assumptions, kindOf(traits), modeOf(traits) === MODE.exclusive)
        : specificWeight(assumptions, kindOf(traits));
    }),
    exclusionWeight: A29 === 'all' ? BARS_ALL : ANYWHERE_ONE,
    // Sharing can't be preferred or shunned by sockets that share nothing.
    legacyPick: A19 === 'random' ? 'random' : 'next-fit',
    optionPick: A20 === 'none' ? A19 : A20,
    exhausted: EXHAUSTION_CODES[A14],
    starved: EXHAUSTION_CODES[A15],
  };
}

function specificWeight(assumptions: Assumptions, kind: Kind): number {
  if (kind === KIND.option) return assumptions.A3 === 'allowed' ? 0 : ANYWHERE_ONE;
  if (kind === KIND.explicit) {
    return { 'option-less': ANYWHERE_ONE, all: BARS_ALL, none: 0 }[assumptions.A10];
  }
  const shares = assumptions['PS-1'] === 'per-address' || assumptions.A2 === 'allowed';
  return shares ? ANYWHERE_ONE : BARS_ALL;
}

function wildcardWeight(assumptions: Assumptions, kind: Kind, exclusive: boolean): number {
  // By the matrix an exclusive wildcard holder bars everyone, whatever A11 says of the others.
  const shares = kind === KIND.explicit && !exclusive && assumptions.A11 === 'allowed';
  return shares ? ANYWHERE_ONE : BARS_ALL;
}
