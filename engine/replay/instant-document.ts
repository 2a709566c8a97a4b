import type { UsableNumbers } from '../analysis/usable-numbers.ts';
import type { Strategy } from '../model/strategy.ts';
import { eventWords } from '../run/event-words.ts';
import type { Arm } from '../run/run-document.ts';
import type { Replay } from './replay.ts';

/** A run at an instant, as `portlab replay --at` tells it. Names are relied on by scripts. */
export interface InstantDocument {
  /** Number of the last event that has begun, from 0; -1 before the first. */
  readonly seq: number;
  /** ns since the run began. */
  readonly t: number;
  /** Ports held on each address of the run; on others, where there are any. */
  readonly held: Readonly<Record<string, number>>;
  readonly counters: InstantCounters;
  /** The arm it lies in; null before the first. */
  readonly arm: InstantArm | null;
  /** It is announced that option-less sockets may find no port. */
  readonly window: boolean;
  /** The last event, in words; null before the first. */
  readonly event: InstantEvent | null;
}

/** Sums of everything until the instant; what is held is counted anew with each arm. */
export interface InstantCounters {
  /** Binds and other calls, and how many of them failed. */
  readonly calls: number;
  readonly failed: number;
  /** Ports held on all addresses together. */
  readonly held: number;
  /** Numbers held on at least one address. */
  readonly union: number;
  /** Numbers held on two specific addresses or more; `overlap`: that were, at some time of the arm. */
  readonly shared: number;
  readonly overlap: number;
  /** Ports bound in the arm, and most held at once in it. */
  readonly bound: number;
  readonly peakHeld: number;
  /** Numbers of the run's range that it holds nowhere; null where the range is unknown. */
  readonly free: number | null;
  readonly canaryTries: number;
  readonly canaryFailed: number;
}

export interface InstantArm {
  readonly index: number;
  /** Null where the run's document does not name its arms. */
  readonly strategy: Strategy | null;
  readonly label: string | null;
}

export interface InstantEvent {
  readonly call: string;
  readonly address: string;
  readonly port: string;
  /** 0, or the Winsock error. */
  readonly code: number;
  readonly error: string;
  readonly meaning: string;
}

/** What a replay is read with. */
export interface InstantContext {
  readonly replay: Replay;
  /** The run's address table: `texts[0]` is ''. */
  readonly texts: readonly string[];
  /** The addresses its experiment used, in order. */
  readonly addresses: readonly string[];
  readonly arms: readonly Pick<Arm, 'index' | 'strategy' | 'label'>[];
  /** Null where the range is unknown. */
  readonly usable: UsableNumbers | null;
}

/** An instant somebody asked for: an event by its number from 0, or a time in ns. Beyond the end is the end. */
export type InstantWish = { readonly seq: number } | { readonly t: number };

/** Where an instant lies in a recording. */
export function instantOf(
  { events, rows }: Replay,
  wish: InstantWish,
): { readonly seq: number; readonly t: number } {
  if ('t' in wish) {
    const t = Math.max(0, Math.min(wish.t, events.end));
    return { seq: events.seqAt(t), t };
  }
  const seq = Math.max(-1, Math.min(wish.seq, rows - 1));
  return { seq, t: Math.max(0, events.row(seq)?.t ?? 0) };
}

export function instantDocument(context: InstantContext, wish: InstantWish): InstantDocument {
  const { replay, usable } = context;
  const { seq, t } = instantOf(replay, wish);
  const state = replay.seek(seq);
  const { held, union, shared, overlap, bound, peakHeld } = state.holdings;
  return {
    seq,
    t,
    held: heldBy(context, (id) => state.holdings.heldOn(id)),
    counters: {
      calls: state.calls,
      failed: state.failed,
      held,
      union,
      shared,
      overlap,
      bound,
      peakHeld,
      free: usable?.free(state.holdings) ?? null,
      canaryTries: state.canary.tries,
      canaryFailed: state.canary.failed,
    },
    arm: armOf(context, state.arm),
    window: state.window,
    event: eventOf(context, seq),
  };
}

function heldBy(
  { texts, addresses }: InstantContext,
  heldOn: (id: number) => number,
): Record<string, number> {
  const own = new Set(addresses);
  const held = new Map(addresses.map((address) => [address, 0]));
  texts.forEach((address, id) => {
    const ports = id === 0 ? 0 : heldOn(id);
    if (ports > 0 || own.has(address)) held.set(address, (held.get(address) ?? 0) + ports);
  });
  return Object.fromEntries(held);
}

function armOf({ arms }: InstantContext, index: number): InstantArm | null {
  if (index === 0) return null;
  const arm = arms.find((one) => one.index === index);
  return { index, strategy: arm?.strategy ?? null, label: arm?.label ?? null };
}

function eventOf({ replay, texts }: InstantContext, seq: number): InstantEvent | null {
  const row = replay.events.row(seq);
  if (row === undefined) return null;
  const { call, address, port, error, meaning } = eventWords(row, texts);
  return { call, address, port, code: row.code, error, meaning };
}
