import { KIND, kindOf } from '../allocator/holder.ts';
import { WSA } from '../model/winsock-error.ts';
import { isDual } from '../stack/socket-binder.ts';
import type { AddressId, SocketId } from '../stack/socket-stack.ts';
import { addressOfLocal, FLAG, poolOfState, traitsOfState } from '../stack/socket-state.ts';
import type { KindId } from './kinds.ts';
import { CLOSED } from './port-holders.ts';
import type { Twin } from './twin.ts';

/** Codes that are about the address asked for. */
const ADDRESS_CODES: ReadonlySet<number> = new Set([WSA.WSAEADDRNOTAVAIL]);

interface Named {
  readonly id: SocketId;
  readonly address: AddressId;
  readonly port: number;
  /** 0, or the error. */
  readonly host: number;
  readonly model: number;
}

/**
 * What kind of difference it is that a bind to a port by name was answered differently. The socket is
 * not among the port's holders.
 */
export function namedKind(twin: Twin, { id, address, port, host, model }: Named): KindId {
  if (ADDRESS_CODES.has(host) || ADDRESS_CODES.has(model)) return 'address-code';
  if (host !== 0 && model !== 0) return 'named-code';
  const given = host === 0;
  const pool = poolOfState(twin.table.state(id));
  const holders = holdersMet(twin, id, address, port);
  const kinds = new Set(holders.map((one) => kindOf(traitsOfState(twin.table.state(one)))));
  if (given && model === WSA.WSAEACCES && twin.allocator.pool(pool).isRefused(port)) {
    return 'named-in-exclusion';
  }
  if (kinds.has(KIND.option) && decidedByOption(twin)) {
    return given ? 'named-over-option' : 'named-off-option';
  }
  const connected = holders.some((one) => (twin.table.state(one) & FLAG.connected) !== 0);
  if (connected || kinds.has(KIND.reuse))
    return given ? 'named-over-connection' : 'named-off-connection';
  const closed = twin.holders.closedAt(pool, port);
  const inTimeWait = (closed & CLOSED.connected) !== 0;
  if (given) {
    const kept = inTimeWait || (closed !== 0 && twin.profile.assumptions.A22 === 'time-wait');
    return holders.length === 0 && kept ? 'named-in-time-wait' : 'named-shared';
  }
  if (holders.some((one) => holdsByName(twin, address, one))) return 'named-refused';
  if (kinds.has(KIND.option)) return 'named-off-option';
  if (inTimeWait) return 'named-off-time-wait';
  if (holders.length > 0) return 'named-refused';
  return closed === 0 ? 'named-refused-by-others' : 'named-off-closed';
}

/** Holders of the number in every pool this bind is about: a dual-stack one is about both. */
function holdersMet(twin: Twin, id: SocketId, address: AddressId, port: number): SocketId[] {
  const state = twin.table.state(id);
  const pool = poolOfState(state);
  const dual = isDual(state, twin.binder.places.slot(address));
  const all = [...twin.holders.at(pool, port), ...(dual ? twin.holders.at(pool & 1, port) : [])];
  return all.filter((one) => one !== id);
}

/** Rules of the profile that say more of the option's numbers than the table of conflicts. */
function decidedByOption({ profile }: Twin): boolean {
  const { A7, A8, A9 } = profile.assumptions;
  return A7 === 'blocked' || A8 === 'denied' || A9 === 'blocked';
}

/** Holds its port on this address, and by name: what the table of conflicts is about. */
function holdsByName({ table }: Twin, address: AddressId, holder: SocketId): boolean {
  const same = addressOfLocal(table.local(holder)) === address;
  return same && kindOf(traitsOfState(table.state(holder))) === KIND.explicit;
}
