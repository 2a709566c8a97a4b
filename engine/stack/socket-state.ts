import type { Traits } from '../allocator/holder.ts';
import { HOLDER_BITS } from '../allocator/holder.ts';
import type { PoolIndex } from '../allocator/port-allocator.ts';
import type { OptionBits } from './option-rules.ts';
import type { AddressId, ProcessNumber } from './socket-stack.ts';

/**
 * A socket's state in one word: bit 0 open, 1-2 pool, 3 bound, 4 dual-stack, 5 connected,
 * 6 listening, 7 the peer has closed, 8-11 holder traits, 16-21 options, 22-31 process. A bound
 * socket whose local port is 0 has put the choice off to connect, and holds nothing.
 */
export type SocketState = number;

export const FLAG = {
  open: 1,
  bound: 8,
  dual: 16,
  connected: 32,
  listening: 64,
  peerClosed: 128,
} as const;
const TRAITS_SHIFT = 8;
const OPTIONS_SHIFT = 16;
const OPTIONS_MASK = 0x3f;
const PROCESS_SHIFT = 22;

export function stateOf(
  pool: PoolIndex,
  options: OptionBits,
  process: ProcessNumber = 0,
): SocketState {
  return FLAG.open | (pool << 1) | (options << OPTIONS_SHIFT) | (process << PROCESS_SHIFT);
}

/** The state of a socket that has just been bound. */
export function boundState(state: SocketState, traits: Traits, dual: boolean): SocketState {
  return withTraits(state | FLAG.bound | (dual ? FLAG.dual : 0), traits);
}

export function poolOfState(state: SocketState): PoolIndex {
  return (state >>> 1) & 3;
}

/** As it was bound, but for the process (see `processOfState`). */
export function traitsOfState(state: SocketState): Traits {
  return (state >>> TRAITS_SHIFT) & HOLDER_BITS;
}

export function withTraits(state: SocketState, traits: Traits): SocketState {
  return (state & ~(HOLDER_BITS << TRAITS_SHIFT)) | ((traits & HOLDER_BITS) << TRAITS_SHIFT);
}

export function optionsOfState(state: SocketState): OptionBits {
  return (state >>> OPTIONS_SHIFT) & OPTIONS_MASK;
}

export function withOptions(state: SocketState, options: OptionBits): SocketState {
  return (state & ~(OPTIONS_MASK << OPTIONS_SHIFT)) | (options << OPTIONS_SHIFT);
}

export function processOfState(state: SocketState): ProcessNumber {
  return state >>> PROCESS_SHIFT;
}

/** An address and a port in one word: a local end, or a remote one. */
export function localOf(address: AddressId, port: number): number {
  return (address << 16) | port;
}

export function addressOfLocal(local: number): AddressId {
  return local >>> 16;
}

export function portOfLocal(local: number): number {
  return local & 0xffff;
}
