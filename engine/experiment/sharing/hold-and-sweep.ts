import type { Sweeping } from '../../claim/encounter.ts';
import type { Op } from '../../event/op.ts';
import { DEFAULT_DYNAMIC_RANGE, type PortRange } from '../../model/port-range.ts';
import type { Arm } from '../../run/run-document.ts';
import { ProbeDied } from '../../stack/socket-owner.ts';
import { Coverage } from './coverage.ts';
import type { ExperimentContext } from '../experiment.ts';
import { Holder, type HolderKind, type SocketKind } from './holder.ts';
import { NamedPorts } from './named-ports.ts';
import { SLICE_NS } from '../safety.ts';
import { firstError, openBound, type Bound } from '../sockets.ts';
import { maxSweeps, type SweepingParameters } from './sweeping-parameters.ts';

/**
 * The machine of the experiments that hold and sweep: sockets of several kinds hold numbers side by
 * side, then others are bound to wildcard ports and closed one by one, and what counts is whose
 * numbers these are given. A second sweep, once the holders are gone, shows whether they would have
 * been given these numbers at all.
 */
export type SweepContext = ExperimentContext<SweepingParameters>;

/** What ended it before its time: a call that failed, or a process that did. */
export interface Failure {
  readonly error: Arm['firstError'];
  /** The process that ended unasked. */
  readonly died: number | null;
}

/**
 * Holds `each` numbers of every kind, the kinds in turn: whatever order the host picks in, they lie
 * side by side. Those that name their numbers come last: where the range is unknown they choose
 * among what the others were given. @returns the holders, also where an error ended it
 */
export async function holdInTurn(
  context: SweepContext,
  kinds: readonly HolderKind[],
  each: number,
): Promise<{ readonly holders: readonly Holder[]; readonly failure: Failure | null }> {
  const holders = kinds.map((kind) => new Holder(kind));
  const [named, others] = [true, false].map((wanted) =>
    holders.filter(({ kind }) => (kind.named ?? false) === wanted),
  ) as [Holder[], Holder[]];
  const failure = await fill(context, others, each, (holder) => openOne(context, holder.kind));
  if (failure !== null || named.length === 0) return { holders, failure };
  const taken = others.flatMap(({ held }) => held.map(({ port }) => port));
  const numbers = new NamedPorts(context, context.range ?? spanOf(taken), taken);
  return {
    holders,
    failure: await fill(context, named, each, async ({ kind }) =>
      numbers.open(kind.options, kind.address),
    ),
  };
}

async function fill(
  context: SweepContext,
  holders: readonly Holder[],
  each: number,
  open: (holder: Holder) => Promise<Bound | Failure | null>,
): Promise<Failure | null> {
  const { stack, breathe, stop } = context;
  let sliceEnds = stack.now() + SLICE_NS;
  for (let n = 0; n < each * holders.length && stop.reason === null; n++) {
    const holder = holders[n % holders.length]!;
    const got = await open(holder);
    if (got !== null && !('ok' in got)) return got;
    if (got !== null && !got.ok) return refused(got);
    if (got !== null) {
      holder.held.push(got);
      setLate(context, holder, got.socket);
    }
    if (stack.now() < sliceEnds) continue;
    await breathe();
    sliceEnds = stack.now() + SLICE_NS;
  }
  return null;
}

function refused({ op, code }: { readonly op: Op; readonly code: number }): Failure {
  return { error: firstError(op, code), died: null };
}

async function openOne(context: SweepContext, kind: SocketKind): Promise<Bound | Failure | null> {
  const { stack, protocol, family, owners } = context;
  const { options, address, owner = 0 } = kind;
  if (owner === 0) return openBound(stack, protocol, family, options, address);
  const wanted = { protocol, family, options, address, count: 1, keep: true };
  const opened = await asked(owner, () => owners[owner]!.open(wanted));
  if ('died' in opened) return opened;
  const [one] = opened.bound;
  if (one !== undefined) return { ok: true, ...one };
  return opened.refused === null ? null : { ok: false, ...opened.refused };
}

/** What a process answers, or that it has ended. */
async function asked<T>(process: number, ask: () => Promise<T>): Promise<T | Failure> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ProbeDied) return { error: null, died: process };
    throw error;
  }
}

function setLate({ stack }: SweepContext, holder: Holder, socket: number): void {
  const { late } = holder.kind;
  if (late === undefined) return;
  holder.lateCode = Math.max(holder.lateCode ?? 0, stack.setsockopt(socket, late, 1));
}

function spanOf(ports: readonly number[]): PortRange {
  if (ports.length === 0) return DEFAULT_DYNAMIC_RANGE;
  const start = Math.min(...ports);
  return { start, count: Math.max(...ports) - start + 1 };
}

export interface SweepPlan {
  readonly kind: SocketKind;
  /** Whose numbers are looked out for. */
  readonly holders: readonly Holder[];
  /** Ends the sweep early: asked after every bind. */
  readonly satisfied: (coverage: Coverage) => boolean;
  /** How far it is, 0 to 1, after each slice. */
  readonly progress?: (share: number, swept: number) => void;
}

export interface Swept {
  readonly ended: Arm['ended'];
  readonly failure: Failure | null;
  readonly sweeping: Sweeping;
}

/** Binds and closes one by one until satisfied, no faster than the pace, `laps` ranges at most. */
export async function sweep(context: SweepContext, plan: SweepPlan): Promise<Swept> {
  const { stack, parameters, limits, usable, stop } = context;
  const held = new Set<number>();
  const byPort = new Map<number, Holder>();
  for (const holder of plan.holders) {
    for (const { port } of holder.held) {
      byPort.set(port, holder);
      if (!holder.released) held.add(port);
    }
  }
  const coverage = new Coverage(held, limits.freeOnAll);
  const most = maxSweeps(parameters, usable);
  const paced = Math.max(1, Math.floor((parameters.pace * SLICE_NS) / 1e9));
  const saw = (port: number): boolean => {
    coverage.saw(port);
    byPort.get(port)?.saw(port);
    return coverage.swept < most && !coverage.stale && !plan.satisfied(coverage);
  };
  let ended: Arm['ended'] | null = plan.satisfied(coverage) ? 'done' : null;
  let failure: Failure | null = null;
  while (ended === null) {
    if (stop.reason !== null) ended = 'cancelled';
    else if (stack.now() >= limits.maxSeconds * 1e9) ended = 'max-seconds';
    else {
      const began = stack.now();
      const slice = await sweepSlice(context, plan.kind, Math.min(paced, most), saw);
      if (slice === 'done') ended = 'done';
      else if (slice !== 'more') [ended, failure] = ['error', slice];
      plan.progress?.(Math.min(1, coverage.swept / most), coverage.swept);
      await context.breathe((SLICE_NS - (stack.now() - began)) / 1e6);
    }
  }
  return {
    ended,
    failure,
    sweeping: {
      swept: coverage.swept,
      coverage: coverage.share,
      enough: parameters.coverage,
      finished: ended === 'done',
    },
  };
}

/** At most a slice of binds; `saw` says after each whether to go on. */
async function sweepSlice(
  context: SweepContext,
  { options, address, owner = 0 }: SocketKind,
  most: number,
  saw: (port: number) => boolean,
): Promise<'more' | 'done' | Failure> {
  const { stack, protocol, family, owners } = context;
  if (owner !== 0) {
    const wanted = { protocol, family, options, address, count: most, keep: false };
    const opened = await asked(owner, () => owners[owner]!.open(wanted));
    if ('died' in opened) return opened;
    let more = true;
    for (const { port } of opened.bound) more = saw(port) && more;
    if (opened.refused !== null) return refused(opened.refused);
    return more ? 'more' : 'done';
  }
  const sliceEnds = stack.now() + SLICE_NS;
  for (let n = 0; n < most && stack.now() < sliceEnds; n++) {
    const got = openBound(stack, protocol, family, options, address);
    if (!got.ok) return refused(got);
    stack.close(got.socket);
    if (!saw(got.port)) return 'done';
  }
  return 'more';
}

/** Binds of once round, at least: a host that counts upwards comes to the held numbers last. */
export function lapOf(context: SweepContext, holders: readonly Holder[]): number {
  const held = holders.reduce((sum, holder) => sum + holder.held.length, 0);
  return (context.usable ?? DEFAULT_DYNAMIC_RANGE.count) + held;
}

/** Asks the holders whether they still have their numbers. A process that has ended has lost all. */
export async function checkHeld(context: SweepContext, holders: readonly Holder[]): Promise<void> {
  for (const holder of holders) {
    const sockets = holder.held.map(({ socket }) => socket);
    const { owner = 0 } = holder.kind;
    const answer = await asked(owner, () => context.owners[owner]!.names(sockets));
    const names = 'died' in answer ? [] : answer;
    holder.lost = holder.held.filter(({ port }, at) => names[at] !== port).length;
  }
}

/** Closes what the holders hold, also when the run is to stop. */
export async function releaseAll(
  { owners }: SweepContext,
  holders: readonly Holder[],
): Promise<void> {
  for (const holder of holders) {
    if (holder.released) continue;
    holder.released = true;
    const { owner = 0 } = holder.kind;
    const sockets = holder.held.map(({ socket }) => socket);
    // Those of a process that has ended the system has closed.
    await asked(owner, () => owners[owner]!.close(sockets));
  }
}
