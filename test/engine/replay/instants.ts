import { expect } from 'vitest';
import type { Random } from '#engine/allocator/random.ts';
import { OP } from '#engine/event/op.ts';
import type { ReplayState } from '#engine/replay/replay-state.ts';
import type { Replay } from '#engine/replay/replay.ts';
import type { KeptEvent } from './kept-events.ts';
import type { Addresses, InstantState } from './reference-state.ts';

const KNOWN_OPS = [0, ...Object.values(OP), 99, 255];

/** Everything a replay tells at an instant. @param ports whose holders to ask for; those with none are left out */
export function toldBy(
  state: ReplayState,
  { ids }: Addresses,
  ports: readonly number[],
): InstantState {
  const { holdings } = state;
  const { held, union, shared, overlap, bound, peakHeld } = holdings;
  const byAddress = <T>(ask: (id: number) => T): Record<number, T> =>
    Object.fromEntries(ids.map((id) => [id, ask(id)]));
  const byOp = (ask: (op: number) => number): Record<number, number> =>
    Object.fromEntries(KNOWN_OPS.map((op) => [op, ask(op)] as const).filter(([, n]) => n !== 0));
  return {
    calls: state.calls,
    failed: state.failed,
    callsOf: byOp((op) => state.callsOf(op)),
    failedOf: byOp((op) => state.failedOf(op)),
    arm: state.arm,
    window: state.window,
    canary: state.canary,
    held,
    union,
    shared,
    overlap,
    bound,
    peakHeld,
    heldOn: byAddress((id) => holdings.heldOn(id)),
    boundOn: byAddress((id) => holdings.boundOn(id)),
    ranges: byAddress((id) => holdings.rangesOn(id)),
    holders: ports
      .map((port) => [port, holdings.holdersOf(port)] as const)
      .filter(([, holders]) => holders > 0),
  };
}

/** Instants of a run to look at: row numbers and times, the ends among them, in no order. */
export function randomInstants(
  events: readonly KeptEvent[],
  count: number,
  random: Random,
): readonly ({ readonly seq: number } | { readonly t: number })[] {
  const rows = events.length;
  const times = events.map(({ t }) => t);
  const first = times.reduce((least, t) => Math.min(least, t), Infinity);
  const last = times.reduce((most, t) => Math.max(most, t), -Infinity);
  const ends = [{ seq: -1 }, { seq: 0 }, { seq: rows - 1 }];
  const beyond = [{ t: first - 1 }, { t: first }, { t: last }, { t: last + 1e9 }];
  const between = Array.from({ length: count - ends.length - beyond.length }, (_, n) => {
    if (n % 2 === 0) return { seq: random.below(rows) };
    // Of a row, or between two: equally many of both.
    const t = times[random.below(rows)]!;
    return { t: random.below(2) === 0 ? t : t + random.below(3) - 1 };
  });
  return shuffled([...ends, ...beyond, ...between], random);
}

/** The last event that, with all before it, has begun by `t`. */
export function lastBegun(events: readonly KeptEvent[], t: number): number {
  const after = events.findIndex((event) => event.t > t);
  return after < 0 ? events.length - 1 : after - 1;
}

/** @throws where a replay at an instant is not what the events say */
export function expectAsReference(
  replay: Replay,
  seq: number,
  expected: InstantState,
  addresses: Addresses,
  about: string,
): void {
  // Neighbours besides, which nobody may hold.
  const ports = new Set(expected.holders.flatMap(([port]) => [port, Math.min(65_535, port + 1)]));
  const told = toldBy(replay.seek(seq), addresses, [...ports]);
  if (JSON.stringify(sorted(told)) === JSON.stringify(sorted(expected))) return;
  expect(told, `${about}, after row ${seq}`).toEqual(expected);
}

function sorted(state: InstantState): unknown {
  return Object.entries(state).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const mixed = [...list];
  for (let n = mixed.length - 1; n > 0; n--) {
    const other = random.below(n + 1);
    [mixed[n], mixed[other]] = [mixed[other]!, mixed[n]!];
  }
  return mixed;
}
