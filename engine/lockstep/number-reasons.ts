import { contains, lastPort } from '../model/port-range.ts';
import type { Pool } from '../model/protocol.ts';
import { poolOf } from '../model/protocol.ts';
import type { PoolIndex } from '../allocator/port-allocator.ts';
import { exclusionsOf } from '../profile/resolved-profile.ts';
import type { SocketId } from '../stack/socket-stack.ts';
import type { KindId } from './kinds.ts';
import { CLOSED } from './port-holders.ts';
import {
  type Asker,
  askerOf,
  givenKind,
  holderWords,
  type Relation,
  refusedKind,
  relationOf,
  stands,
} from './relation.ts';
import { type Before, protocolOf, type Twin } from './twin.ts';

/** Why host and model differ over a wildcard port: the kind, and what the model has to say. */
export interface Reason {
  readonly kind: KindId;
  readonly model: string;
}

/** Numbers looked at one by one when a refusal is explained; what is true of these is true of most. */
const MOST_EXPLAINED = 2_048;
/**
 * Refusals explained in full, each by a walk over the range (some ms); one after them is taken for what
 * the last one of such a socket on that address was.
 */
const MOST_WALKS = 300;

/** First those that bar a number most plainly. */
const PLAINEST_FIRST: readonly Relation[] = [
  'late-option',
  'option-less',
  'option',
  'connection',
  'named',
  'connected-wildcard',
  'wildcard',
  'here',
];

/** Explains what the host did about a wildcard port, where the model would have done otherwise. */
export class NumberReasons {
  readonly #twin: Twin;
  #walks = 0;
  readonly #refusals = new Map<string, Reason>();
  readonly #starvations = new Map<string, boolean>();

  constructor(twin: Twin) {
    this.#twin = twin;
  }

  /**
   * The host gave this number, which the model's rules forbid.
   * @param id the socket, not counted among the number's holders
   * @param before the socket as it was, unbound
   */
  given(id: SocketId, before: Before, slot: number, port: number): Reason {
    const twin = this.#twin;
    const asker = askerOf(twin, id, before.state, slot);
    if (twin.sockets.blocks.blockOf(id) !== undefined) {
      return { kind: 'outside-block', model: `not ${port}` };
    }
    const numbers = this.#kindOfNumber(asker.pool, port);
    if (numbers !== null) return { kind: numbers, model: `not ${port}: ${NUMBER_WORDS[numbers]}` };
    const inTheWay = this.#holders(asker, port).filter(({ holder, relation }) =>
      stands(twin, asker, holder, relation),
    );
    const [first] = inTheWay;
    if (first === undefined) return this.#unheld(asker.pool, port);
    const { holder, relation } = first;
    return {
      kind: givenKind(twin, asker, holder, relation),
      model: `not ${port}: ${holderWords(twin, asker, holder)}`,
    };
  }

  /** The host gave nothing, though the model has numbers. The socket is unbound again. */
  refused(id: SocketId, slot: number): Reason {
    return this.#remembered(this.#refusals, id, slot, () => this.#explain(id, slot));
  }

  /** Whether an option-less wildcard-port bind fails only because of numbers held through the option. */
  starves(id: SocketId, slot: number): boolean {
    return this.#remembered(this.#starvations, id, slot, () => this.#isStarved(id, slot));
  }

  #remembered<T>(known: Map<string, T>, id: SocketId, slot: number, find: () => T): T {
    const { pool, asks } = askerOf(this.#twin, id, this.#twin.table.state(id), slot);
    const key = `${pool} ${slot} ${asks}`;
    const last = known.get(key);
    if (last !== undefined && this.#walks >= MOST_WALKS) return last;
    this.#walks++;
    const found = find();
    known.set(key, found);
    return found;
  }

  #isStarved(id: SocketId, slot: number): boolean {
    const twin = this.#twin;
    const asker = askerOf(twin, id, twin.table.state(id), slot);
    if (asker.option) return false;
    const range = twin.profile.dynamicRanges[nameOf(asker.pool)];
    for (let port = range.start; port <= lastPort(range); port++) {
      if (this.#kindOfNumber(asker.pool, port) !== null) continue;
      const inTheWay = this.#holders(asker, port).filter(({ holder, relation }) =>
        stands(twin, asker, holder, relation),
      );
      if (inTheWay.length > 0 && inTheWay.every(({ relation }) => relation === 'option')) {
        return true;
      }
    }
    return false;
  }

  #explain(id: SocketId, slot: number): Reason {
    const twin = this.#twin;
    const state = twin.table.state(id);
    const asker = askerOf(twin, id, state, slot);
    const block = twin.sockets.blocks.blockOf(id);
    const range = block ?? twin.profile.dynamicRanges[nameOf(asker.pool)];
    const tally = new Map<KindId, number>();
    let left = 0;
    for (let port = range.start; port <= lastPort(range); port++) {
      if (!twin.mayHave(id, state, slot, port)) continue;
      left++;
      if (left > MOST_EXPLAINED) continue;
      const kind = this.#whyNot(asker, port);
      tally.set(kind, (tally.get(kind) ?? 0) + 1);
    }
    const [most] = [...tally].toSorted(([, a], [, b]) => b - a);
    const kind = block === undefined ? (most?.[0] ?? 'full-while-free') : 'block-used-up';
    return { kind, model: `has ${left} left` };
  }

  /** What may have kept the host off a number that the model would give. */
  #whyNot(asker: Asker, port: number): KindId {
    const twin = this.#twin;
    const [first] = this.#holders(asker, port);
    if (first !== undefined) return refusedKind(twin, asker, first.holder, first.relation);
    const { autoReuseRange } = twin.profile;
    if (this.#exclusions(asker.pool).some((range) => contains(range, port))) {
      return 'keeps-off-excluded';
    }
    if ((asker.pool & 1) === 0 && contains(autoReuseRange, port)) return 'keeps-off-auto-reuse';
    const closed = twin.holders.closedAt(asker.pool, port);
    if ((closed & CLOSED.connected) !== 0) return 'keeps-off-time-wait';
    return closed === 0 ? 'full-while-free' : 'keeps-off-closed';
  }

  #holders(asker: Asker, port: number): { holder: SocketId; relation: Relation }[] {
    return this.#twin.holders
      .at(asker.pool, port)
      .filter((holder) => holder !== asker.id)
      .map((holder) => ({ holder, relation: relationOf(this.#twin, asker, holder) }))
      .toSorted((a, b) => PLAINEST_FIRST.indexOf(a.relation) - PLAINEST_FIRST.indexOf(b.relation));
  }

  /** What bars a number whoever holds it; null where nothing does. */
  #kindOfNumber(pool: PoolIndex, port: number): keyof typeof NUMBER_WORDS | null {
    const { profile, allocator } = this.#twin;
    const { autoReuseRange, assumptions } = profile;
    if (!contains(profile.dynamicRanges[nameOf(pool)], port)) return 'outside-range';
    if (this.#exclusions(pool).some((range) => contains(range, port))) return 'excluded-number';
    const keptOut = assumptions.A26 === 'kept-out' && (pool & 1) === 0;
    if (keptOut && contains(autoReuseRange, port)) return 'auto-reuse-number';
    return allocator.pool(pool).isRefused(port) ? 'reserved-number' : null;
  }

  #exclusions(pool: PoolIndex) {
    return exclusionsOf(this.#twin.profile, nameOf(pool));
  }

  /** No socket of the run holds it. */
  #unheld(pool: PoolIndex, port: number): Reason {
    const { holders, profile } = this.#twin;
    if (holders.closedAt(pool, port) !== 0) {
      return { kind: 'time-wait-reused', model: `not ${port}: of a closed socket, in TIME_WAIT` };
    }
    const others = profile.holders.some((range) => contains(range, port));
    return {
      kind: others ? 'over-others' : 'unexplained-number',
      model: `not ${port}`,
    };
  }
}

const NUMBER_WORDS = {
  'outside-range': 'outside the dynamic range',
  'excluded-number': 'excluded',
  'auto-reuse-number': 'in the auto-reuse range',
  'reserved-number': 'in a reserved block',
} as const;

function nameOf(pool: PoolIndex): Pool {
  return poolOf(protocolOf(pool), (pool & 2) === 0 ? 'ipv4' : 'ipv6');
}
