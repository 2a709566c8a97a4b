import type { PortRange } from '../model/port-range.ts';
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
  /** Free on this address and not held on the wildcard address, whoever holds it elsewhere. */
  freeOnThis: 3,
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
  /** Option-less sockets on a specific address need the number free there only (PS-1 switched). */
  readonly legacyPerAddress: boolean;
  /** Some holders don't count at all: what is free on all addresses must be looked up (A3, A10). */
  readonly uncounted: boolean;
  /** Processes don't share numbers through the option (A4). */
  readonly sameProcessOnly: boolean;
  /** Explicit binds that meet numbers held through the option, if not by the matrix alone (A7 to A9). */
  readonly explicitOnOption: ExplicitOnOption | null;
  /** The range in which connections share numbers by 4-tuple; null where they don't. */
  readonly sharedRange: PortRange | null;
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

export interface ExplicitOnOption {
  readonly elsewhereBlocked: boolean;
  readonly sameDenied: boolean;
  readonly wildcardBlocked: boolean;
}

export interface ExhaustionCodes {
  readonly bind: number;
  /** bind of a socket with SO_REUSEADDR. */
  readonly bindReuse: number;
  readonly connect: number;
}

const EXHAUSTION_CODES = {
  '10055': { bind: WSA.WSAENOBUFS, bindReuse: WSA.WSAENOBUFS, connect: WSA.WSAENOBUFS },
  wine: {
    bind: WSA.WSAEADDRINUSE,
    bindReuse: WSA.WSAEACCES,
    connect: WSA.WSAEADDRNOTAVAIL,
  },
} as const;
/** Linux's EAGAIN, as Wine passes it on. */
const WINE_UDP = { ...EXHAUSTION_CODES.wine, connect: WSA.WSAEWOULDBLOCK } as const;

export function sharingRules(
  assumptions: Assumptions,
  protocol: Protocol,
  family: Family,
  sharedRange: PortRange | null = null,
): SharingRules {
  const { A1, A3, A6, A10, A12, A13, A14, A15, A19, A20, A27, A28, A29 } = assumptions;
  const perAddress =
    assumptions['PS-1'] === 'per-address' ||
    (assumptions['PS-1'] === 'per-address-tcp' && protocol === 'tcp');
  const legacyMayShare = A3 === 'allowed' || A10 === 'none';
  return {
    optionWorks:
      A1 === 'honoured' &&
      (protocol === 'tcp' || A12 === 'as-tcp') &&
      (family === 'ipv4' || A13 === 'as-ipv4'),
    optionWorksOnWildcard: A6 === 'as-option',
    allAddressesShare: A27 !== 'one-pool' && A28 === 'shared',
    legacyPerAddress: perAddress,
    uncounted: legacyMayShare,
    sameProcessOnly: assumptions.A4 === 'same-process-only',
    explicitOnOption: explicitOnOption(assumptions),
    sharedRange,
    needs: [
      perAddress ? NEED.freeOnThis : legacyMayShare ? NEED.freeHereAndForLegacy : NEED.freeOnAll,
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
    exhausted: exhaustionCodes(A14, protocol),
    starved: exhaustionCodes(A15, protocol),
  };
}

function exhaustionCodes(value: Assumptions['A14'], protocol: Protocol): ExhaustionCodes {
  return value === 'wine' && protocol === 'udp' ? WINE_UDP : EXHAUSTION_CODES[value];
}

function explicitOnOption({ A7, A8, A9 }: Assumptions): ExplicitOnOption | null {
  const elsewhereBlocked = A7 === 'blocked';
  const sameDenied = A8 === 'denied';
  const wildcardBlocked = A9 === 'blocked';
  const any = elsewhereBlocked || sameDenied || wildcardBlocked;
  return any ? { elsewhereBlocked, sameDenied, wildcardBlocked } : null;
}

function specificWeight(assumptions: Assumptions, kind: Kind): number {
  if (kind === KIND.option || kind === KIND.reuse)
    return assumptions.A3 === 'allowed' ? 0 : ANYWHERE_ONE;
  if (kind === KIND.explicit) {
    return { 'option-less': ANYWHERE_ONE, all: BARS_ALL, none: 0 }[assumptions.A10];
  }
  return assumptions.A2 === 'allowed' ? ANYWHERE_ONE : BARS_ALL;
}

function wildcardWeight(assumptions: Assumptions, kind: Kind, exclusive: boolean): number {
  // By the matrix an exclusive wildcard holder bars everyone, whatever A11 says of the others.
  const shares = kind === KIND.explicit && !exclusive && assumptions.A11 === 'allowed';
  return shares ? ANYWHERE_ONE : BARS_ALL;
}
