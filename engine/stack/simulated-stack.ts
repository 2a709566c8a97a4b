import type { Family, Protocol } from '../model/protocol.ts';
import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import { ModelledHost } from './modelled-host.ts';
import type { OtherHolder } from './other-holder.ts';
import type { ProcessNumber, SocketStack, StackOptions } from './socket-stack.ts';

/**
 * How long a modelled call takes, ns. A convention that makes rates and series readable, no
 * measurement: a simulated run says nothing about speed.
 */
export const MODEL_CALL_NS = 1_000;

export interface SimulatedStackOptions extends StackOptions {
  readonly profile: ResolvedProfile;
  /** The host's addresses, of either family; it has all loopback addresses besides (A27). */
  readonly addresses: readonly string[];
  /** Integer from 0 to 2^53 - 1. The same seed and calls give the same events. */
  readonly seed: number;
  /** Virtual duration of a call, and of each socket of a fill or release: integer >= 1, ns. */
  readonly callNs?: number;
}

export interface SimulatedStack extends SocketStack {
  readonly kind: 'simulated';
  /** How many numbers an option-less wildcard-port bind could still get: those free on all addresses. */
  freeOnAll(protocol: Protocol, family: Family): number;
  /**
   * Gives another application a port: no event, not in `open`, not closed by `closeAll`.
   * @returns 0, or the error its bind would have got
   * @throws RangeError for text that is no address
   */
  occupy(holder: OtherHolder): number;
  /** Takes back what `occupy` gave, told by the same holder. @throws RangeError for one that holds nothing */
  vacate(holder: OtherHolder): void;
  /**
   * Lets time pass: TIME_WAITs end, other applications come and go. A `wait` event.
   * @param ns integer >= 0
   */
  advance(ns: number): void;
  /** A process ends, and its sockets close as by `close`. @returns how many those were */
  exit(process: ProcessNumber): number;
  /** The host gets an address, or gets it back (A25). An event. @throws RangeError for text that is none */
  addAddress(address: string, adapter?: string): void;
  /**
   * The host loses an address: later binds to it answer 10049, sockets on it stay as they are. An
   * event. @throws RangeError for an address the host lacks, and for a loopback or wildcard address
   */
  removeAddress(address: string): void;
}

/** A modelled Windows host, with nothing on it but what its profile puts there. */
export function createSimulatedStack(options: SimulatedStackOptions): SimulatedStack {
  const { callNs = MODEL_CALL_NS } = options;
  if (!Number.isInteger(callNs) || callNs < 1) throw new RangeError(`callNs ${callNs}`);
  return new ModelledHost({ ...options, callNs });
}
