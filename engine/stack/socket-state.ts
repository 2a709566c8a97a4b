import type { Traits } from '../allocator/holder.ts';
import { HOLDER_BITS } from '../allocator/holder.ts';
import type { PoolIndex } from '../allocator/port-allocator.ts';
import type { OptionBits } from './option-rules.ts';
import type { AddressId } from './socket-stack.ts';

/**
 * A socket's state in one word: bit 0 open, 1-2 pool, 3 bound, 4 dual-stack, 5 connected,
 * 6 listening, 8-11 holder traits, 16-21 options.
 */
export type SocketState = number;

export const FLAG = { open: 1, bound: 8, dual: 16, connected: 32, listening: 64 } as const;
const TRAITS_SHIFT = 8;
const OPTIONS_SHIFT = 16;

export function stateOf(pool: PoolIndex, options: OptionBits): SocketState {
  return FLAG.open | (pool << 1) | (options << OPTIONS_SHIFT);
}

/** The state of a socket that has just been bound. */
export function boundState(state: SocketState, traits: Traits, dual: boolean): SocketState {
  return state | FLAG.bound | (dual ? FLAG.dual : 0) | ((traits & HOLDER_BITS) << TRAITS_SHIFT);
}

export function poolOfState(state: SocketState): PoolIndex {
  return (state >>> 1) & 3;
}

export function traitsOfState(state: SocketState): Traits {
  return (state >>> TRAITS_SHIFT) & HOLDER_BITS;
}

export function optionsOfState(state: SocketState): OptionBits {
  return state >>> OPTIONS_SHIFT;
}

export function withOptions(state: SocketState, options: OptionBits): SocketState {
  return (state & 0xffff) | (options << OPTIONS_SHIFT);
}

/** A local address in one word. */
export function localOf(address: AddressId, port: number): number {
  return (address << 16) | port;
}

export function addressOfLocal(local: number): AddressId {
  return local >>> 16;
}

export function portOfLocal(local: number): number {
  return local & 0xffff;
}
