import { KIND, kindOf, MODE, modeOf } from '../allocator/holder.ts';
import type { PoolIndex } from '../allocator/port-allocator.ts';
import { OPTION_BIT } from '../stack/option-rules.ts';
import type { SocketId } from '../stack/socket-stack.ts';
import type { SocketState } from '../stack/socket-state.ts';
import * as word from '../stack/socket-state.ts';
import type { KindId } from './kinds.ts';
import type { Twin } from './twin.ts';

const FLAG = word.FLAG;

/** Who asks for a wildcard port. */
export interface Asker {
  readonly id: SocketId;
  readonly pool: PoolIndex;
  /** Slot of the address it asks on. */
  readonly slot: number;
  /** SO_PORT_SCALABILITY is set on it. */
  readonly asks: boolean;
  /** And has an effect in the model. */
  readonly option: boolean;
  readonly process: number;
}

/** What somebody who holds a number is to somebody who asks for it. */
export type Relation =
  | 'here'
  | 'wildcard'
  | 'connected-wildcard'
  | 'late-option'
  | 'option-less'
  | 'option'
  | 'named'
  | 'connection';

/** @param state of the socket, unbound */
export function askerOf(twin: Twin, id: SocketId, state: SocketState, slot: number): Asker {
  return {
    id,
    pool: word.poolOfState(state),
    slot,
    asks: hasOption(state),
    option: slot >= 0 && kindOf(twin.binder.wildcardTraits(state, slot)) === KIND.option,
    process: word.processOfState(state),
  };
}

/** What the holder of a number is to one who asks for it. */
export function relationOf(twin: Twin, asker: Asker, holder: SocketId): Relation {
  const state = twin.table.state(holder);
  const slot = twin.binder.slotOf(twin.table.local(holder));
  const connected = (state & FLAG.connected) !== 0;
  if (slot === asker.slot) return 'here';
  if (slot === 0) return connected ? 'connected-wildcard' : 'wildcard';
  switch (kindOf(word.traitsOfState(state))) {
    case KIND.option:
      return 'option';
    case KIND.explicit:
      return 'named';
    case KIND.reuse:
      return 'connection';
    default:
      return hasOption(state) && twin.allocator.pool(asker.pool).optionWorks(slot)
        ? 'late-option'
        : 'option-less';
  }
}

/** Whether the model's rules keep the asker off a number because of this holder. */
export function stands(twin: Twin, asker: Asker, holder: SocketId, relation: Relation): boolean {
  const { A2, A3, A10, A11, A27, A28, A4 } = twin.profile.assumptions;
  const { legacyPerAddress } = twin.allocator.pool(asker.pool).rules;
  // The wildcard address needs a number that nobody holds anywhere, whoever it is.
  if (relation === 'here' || asker.slot === 0) return true;
  if (relation === 'wildcard' || relation === 'connected-wildcard') {
    const traits = word.traitsOfState(twin.table.state(holder));
    const shares = kindOf(traits) === KIND.explicit && modeOf(traits) !== MODE.exclusive;
    return !asker.option || !shares || A11 === 'blocked';
  }
  if (!asker.option) {
    if (legacyPerAddress) return false;
    if (relation === 'named') return A10 !== 'none';
    return relation === 'option' || relation === 'connection' ? A3 === 'blocked' : true;
  }
  if (relation === 'named') return A10 === 'all';
  if (relation === 'connection') return false;
  if (relation === 'option') {
    const apart = A4 === 'same-process-only' && processOf(twin, holder) !== asker.process;
    return apart || A28 === 'not-shared' || A27 === 'one-pool';
  }
  return A2 === 'blocked';
}

/** The host gave a number in spite of this holder, and the model would not have. */
export function givenKind(twin: Twin, asker: Asker, holder: SocketId, relation: Relation): KindId {
  switch (relation) {
    case 'here':
      return 'same-place-twice';
    case 'wildcard':
      return 'over-wildcard-address';
    case 'connected-wildcard':
      return 'over-connected-wildcard';
    case 'named':
      return 'over-named-port';
    case 'connection':
      return 'over-connection';
    case 'late-option':
      return 'late-option-works';
    case 'option':
      return asker.option
        ? sharedKind(twin, asker, holder)
        : honouredOr(asker, 'option-less-over-option');
    case 'option-less':
      if (asker.option) return 'option-over-option-less';
      if (asker.asks) return honouredOr(asker, 'option-honoured');
      // The model takes a socket whose option does nothing for one without.
      return hasOption(twin.table.state(holder))
        ? 'option-less-over-option'
        : 'per-address-without-option';
  }
}

/** The host gave nothing, though the model sees no more in the way than this holder. */
export function refusedKind(
  twin: Twin,
  asker: Asker,
  holder: SocketId,
  relation: Relation,
): KindId {
  switch (relation) {
    case 'here':
    case 'wildcard':
      return 'keeps-off-wildcard-address';
    case 'connected-wildcard':
    case 'connection':
      return 'keeps-off-connection';
    case 'named':
      return 'keeps-off-named-port';
    case 'late-option':
      return 'option-keeps-off-option-less';
    case 'option-less':
      return asker.option ? 'option-keeps-off-option-less' : 'one-range-for-all';
    case 'option':
      if (!asker.option) return 'option-less-keep-off-option';
      if (twin.profile.assumptions['PS-6'] === 'takes-effect') return 'late-option-without-effect';
      if (asker.slot === 0) return 'option-does-not-share-on-wildcard';
      if (processOf(twin, holder) !== asker.process) return 'option-does-not-share-processes';
      if ((asker.pool & 1) === 1) return 'option-does-not-share-udp';
      return asker.pool >= 2 ? 'option-does-not-share-ipv6' : 'option-does-not-share';
  }
}

function sharedKind(twin: Twin, asker: Asker, holder: SocketId): KindId {
  const { A4, A27 } = twin.profile.assumptions;
  if (A4 === 'same-process-only' && processOf(twin, holder) !== asker.process) {
    return 'shared-across-processes';
  }
  const address = twin.binder.places.addresses.at(twin.holders.addressOf(holder));
  return A27 === 'one-pool' && address.loopback ? 'shared-on-loopback' : 'shared-on-one-adapter';
}

/** Which switch it is that makes the option do nothing in the model. */
function honouredOr(asker: Asker, otherwise: KindId): KindId {
  if (!asker.asks) return otherwise;
  if (asker.slot === 0) return 'option-honoured-on-wildcard';
  if ((asker.pool & 1) === 1) return 'option-honoured-udp';
  return asker.pool >= 2 ? 'option-honoured-ipv6' : 'option-honoured';
}

function hasOption(state: SocketState): boolean {
  return (word.optionsOfState(state) & OPTION_BIT.SO_PORT_SCALABILITY) !== 0;
}

function processOf(twin: Twin, id: SocketId): number {
  return word.processOfState(twin.table.state(id));
}

/** A holder in words: who, how and where. */
export function holderWords(twin: Twin, asker: Asker, holder: SocketId): string {
  const address = twin.textOf(twin.holders.addressOf(holder));
  return `held on ${address} by ${HOW[relationOf(twin, { ...asker, slot: -1 }, holder)]}`;
}

const HOW: Readonly<Record<Relation, string>> = {
  here: 'a socket',
  wildcard: 'a socket on the wildcard address',
  'connected-wildcard': 'a connected socket on the wildcard address',
  'late-option': 'a socket whose option came after its bind',
  'option-less': 'a socket without the option',
  option: 'a socket with the option',
  named: 'a socket that named it',
  connection: 'a connection',
};
