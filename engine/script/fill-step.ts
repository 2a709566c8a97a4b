import { Random } from '../allocator/random.ts';
import { SLICE_NS } from '../experiment/safety.ts';
import { WSA } from '../model/winsock-error.ts';
import type { SocketId } from '../stack/socket-stack.ts';
import type { ScriptBench, SocketRun } from './script-bench.ts';
import type { StepOf } from './script-schema.ts';

type FillStep = StepOf<'fill'>;

export interface Filled {
  readonly runs: readonly SocketRun[];
  readonly bound: number;
  /** Why it ended before all were bound; 0 where it did not. */
  readonly code: number;
}

/** Sockets of one stack call at most, and candidates tried between two looks at the stop flag. */
const SLICE_SOCKETS = 4_096;
const SLICE_CALLS = 256;

/** Keeps random pools apart from each other and from the stack's own randomness. */
const POOL_STREAM = 0x706f_6f6c;

/** Binds a fill's sockets, in slices. @param index of the step */
export function fill(bench: ScriptBench, step: FillStep, index: number): Promise<Filled> {
  if (step.pool !== undefined) return fillFromPool(bench, step, step.pool, index);
  if (step.reservation !== undefined) return fillFromReservation(bench, step, step.reservation);
  return fillWildcard(bench, step);
}

/** Closes a fill's sockets, oldest first, in slices. */
export async function closeFill(bench: ScriptBench, runs: readonly SocketRun[]): Promise<void> {
  for (const { first, count } of runs) {
    for (let done = 0; done < count;) {
      done += bench.stack.release(first + done, count - done, SLICE_NS);
      await bench.pause();
    }
  }
}

async function fillWildcard(bench: ScriptBench, step: FillStep): Promise<Filled> {
  const process = bench.process(step.process);
  const runs: SocketRun[] = [];
  let all = 0;
  while (all < step.count) {
    const { first, bound, refused } = bench.stack.fill({
      protocol: step.protocol,
      family: step.family,
      addresses: [bench.address(step.address)],
      from: 0,
      options: step.options,
      count: Math.min(step.count - all, SLICE_SOCKETS),
      ...(process !== undefined && { process }),
      budgetNs: SLICE_NS,
    });
    if (bound > 0) runs.push({ first, count: bound });
    all += bound;
    if (refused !== null) return { runs, bound: all, code: refused.code };
    await bench.pause();
  }
  return { runs, bound: all, code: 0 };
}

/** Socket after socket by single calls, each bound by `bind`; the one that got nothing is closed again. */
async function fillSingly(
  bench: ScriptBench,
  step: FillStep,
  bind: (socket: SocketId) => Promise<number>,
): Promise<Filled> {
  const { stack } = bench;
  const runs: SocketRun[] = [];
  const bound = (): number => runs.length;
  while (bound() < step.count) {
    const socket = stack.socket(step.protocol, step.family, bench.process(step.process));
    if (socket < 0) return { runs, bound: bound(), code: -socket };
    let code = 0;
    for (const option of step.options) {
      code ||= stack.setsockopt(socket, option, 1);
      if (code !== 0) break;
      stack.getsockopt(socket, option);
    }
    code ||= await bind(socket);
    if (code === 0) code = Math.max(0, -stack.getsockname(socket));
    if (code !== 0) {
      stack.close(socket);
      return { runs, bound: bound(), code };
    }
    runs.push({ first: socket, count: 1 });
    if (bound() % SLICE_CALLS === 0) await bench.pause();
  }
  return { runs, bound: bound(), code: 0 };
}

function fillFromReservation(
  bench: ScriptBench,
  step: FillStep,
  reservation: string,
): Promise<Filled> {
  const holder = bench.socket(reservation).id;
  const address = bench.address(step.address);
  return fillSingly(bench, step, async (socket) => {
    const code = bench.stack.associate(socket, holder);
    return code === 0 ? bench.stack.bind(socket, address, 0) : code;
  });
}

/** The application's own pool by heuristics: it names a port, and the next one where that is taken. */
function fillFromPool(
  bench: ScriptBench,
  step: FillStep,
  pool: NonNullable<FillStep['pool']>,
  index: number,
): Promise<Filled> {
  const candidates = Uint16Array.from({ length: pool.count }, (_, i) => pool.start + i);
  if (pool.order === 'random') {
    shuffle(candidates, new Random(bench.run.seed, POOL_STREAM + index));
  }
  const address = bench.address(step.address);
  let tried = 0;
  let last = 0;
  return fillSingly(bench, step, async (socket) => {
    while (tried < candidates.length) {
      const code = bench.stack.bind(socket, address, candidates[tried++]!);
      if (code !== WSA.WSAEADDRINUSE && code !== WSA.WSAEACCES) return code;
      last = code;
      if (tried % SLICE_CALLS === 0) await bench.pause();
    }
    // Every candidate is used up: also where each of them was bound.
    return last === 0 ? WSA.WSAEADDRINUSE : last;
  });
}

function shuffle(values: Uint16Array, random: Random): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const value = values[i]!;
    values[i] = values[j]!;
    values[j] = value;
  }
}
