/**
 * The page's eight steps, in its order. Each is checked: setsockopt by reading the option back, bind
 * by getsockname, connect by the connection that arrives at the listener.
 */
export const STEPS = [
  { call: 'socket', does: 'creating the first socket' },
  { call: 'setsockopt', does: 'setting SO_PORT_SCALABILITY on the first socket' },
  { call: 'bind', does: 'binding it to the first address with port 0' },
  { call: 'connect', does: 'connecting it' },
  { call: 'socket', does: 'creating the second socket' },
  { call: 'setsockopt', does: 'setting SO_PORT_SCALABILITY on the second socket' },
  { call: 'bind', does: 'binding it to the second address with port 0' },
  { call: 'connect', does: 'connecting it' },
] as const;

export interface WalkStep {
  /** 1 to 8. */
  readonly step: number;
  /** 0, or the error of the call or of its check. */
  readonly code: number;
}

/** One walk: up to the first step that failed. Without the option steps 2 and 6 are left out. */
export interface Walk {
  readonly steps: readonly WalkStep[];
  /** The option as read back on each socket it was set on: the value, or the negated error. */
  readonly reads: readonly number[];
  /** Local ends of the sockets that were bound, `address:port`. */
  readonly bound: readonly { readonly address: string; readonly port: number }[];
}

export interface WalkthroughEvidence {
  /** Null where there was none: then nothing was walked. */
  readonly listener: {
    readonly port: number;
    /** It took a number of the dynamic range, because those outside were taken. */
    readonly inRange: boolean;
  } | null;
  /** Code of the listener that could not be had; 0 else. */
  readonly listenerCode: number;
  /** The same without the option, before. */
  readonly control: Walk | null;
  readonly walk: Walk | null;
}
