/** How a socket came to its port: what the sharing rules go by. */
export const KIND = {
  /** Wildcard-port bind without the option, or one that counts as such. */
  legacy: 0,
  /** Wildcard-port bind that SO_PORT_SCALABILITY had an effect on. */
  option: 1,
  /** Bind to a port number the application named. */
  explicit: 2,
  /** A number of the auto-reuse range, taken at connect; may be held by several connections. */
  reuse: 3,
} as const;
export type Kind = (typeof KIND)[keyof typeof KIND];

/** SO_REUSEADDR and SO_EXCLUSIVEADDRUSE as the conflict matrix sees them. */
export const MODE = { default: 0, reuse: 1, exclusive: 2 } as const;
export type Mode = (typeof MODE)[keyof typeof MODE];
export const MODE_COUNT = 3;
/** In place of a mode: holds the number against wildcard-port binds, but explicit ones don't see it. */
export const UNSEEN = 3;

/**
 * All the allocator asks about a bind, in one small integer: kind in bits 0-1, mode in bits 2-3,
 * bit 4 for a pick at random (SO_RANDOMIZE_PORT), from bit 5 the process where that matters (A4). A
 * default-mode bind's traits equal its kind.
 */
export type Traits = number;
const MODE_SHIFT = 2;
const RANDOMIZE = 16;
/** The bits that still matter once a port is held. */
export const HOLDER_BITS = RANDOMIZE - 1;

const PROCESS_SHIFT = 5;

/** @param process left out where the rules don't tell processes apart */
export function traitsOf(
  kind: Kind,
  mode: Mode | typeof UNSEEN = MODE.default,
  randomize = false,
  process = 0,
): Traits {
  return kind | (mode << MODE_SHIFT) | (randomize ? RANDOMIZE : 0) | (process << PROCESS_SHIFT);
}

export function processOf(traits: Traits): number {
  return traits >>> PROCESS_SHIFT;
}

export function kindOf(traits: Traits): Kind {
  return (traits & 3) as Kind;
}

export function modeOf(traits: Traits): Mode | typeof UNSEEN {
  return ((traits >>> MODE_SHIFT) & 3) as Mode | typeof UNSEEN;
}

export function picksAtRandom(traits: Traits): boolean {
  return (traits & RANDOMIZE) !== 0;
}
