import { join } from 'node:path';
import { OP } from '#engine/event/op.ts';
import { Replay } from '#engine/replay/replay.ts';
import { bindsOver, failuresIn, lastSecond, latencyIn } from '#engine/replay/statistics.ts';
import { temporaryFolder } from '#test/data/sample-run.ts';
import { churnedRun } from './replay/churned-run.ts';
import { PlainRows, plainColumns, scan } from './replay/held-against.ts';
import { bytesOfBundle, openReplay, readChunks, writeLibrary } from './replay/recorded-file.ts';
import { compare, median, type BenchResult } from './result.ts';

const MILLION = 1_000_000;
const ROUNDS = 5;
const SEEKS = 400;
/** Rows between two states a replay keeps, at least where there are many addresses. */
const STRETCH = 65_536;
const BUCKETS = 2_000;
/** A row's own columns. */
const ROW = 24;
/** What the issue promises of a run's file. */
const FILE_BYTES = 45;

const RUNS = [
  { rows: MILLION, addresses: 4, goals: { seek: 2, bytes: 28 } },
  { rows: MILLION, addresses: 16, goals: { seek: 2, bytes: 28 } },
  { rows: MILLION, addresses: 1_000, goals: { seek: 10, bytes: 56 } },
  { rows: 10 * MILLION, addresses: 4, goals: { seek: 2, bytes: 28 } },
  { rows: 10 * MILLION, addresses: 16, goals: { seek: 2, bytes: 28 } },
  { rows: 10 * MILLION, addresses: 1_000, goals: { seek: 10, bytes: 56 } },
] as const;

interface Pair {
  readonly ours: number;
  readonly yardstick: number;
}

/**
 * A replay in memory: building it against storing the same rows, going to an instant against a plain
 * scan of the rows between two states, statistics against a plain scan of all rows, opening a recorded file
 * against reading and inflating it. Absolute figures and goals go to stderr.
 */
export async function bench(): Promise<BenchResult[]> {
  return [...RUNS.flatMap(benchRun), ...benchFiles()];
}

function benchRun({ rows, addresses, goals }: (typeof RUNS)[number]): BenchResult[] {
  const about = `${rows / MILLION} M events, ${addresses} addresses`;
  const building: Pair[] = [];
  const seeking: Pair[] = [];
  const plain = new PlainRows(rows);
  let replay = new Replay(() => false);
  for (let round = 0; round < ROUNDS; round++) {
    const built = build(rows, addresses, plain);
    replay = built.replay;
    building.push(built.pair);
    seeking.push(seeks(replay));
  }
  const bytes = replay.bytes / rows;
  const builtMs = rows / (1_000 * median(building.map(({ ours }) => ours)));
  say(`${about}: built in ${builtMs.toFixed(0)} ms`);
  goal(`${about}: seek p95`, median(seeking.map(({ ours }) => ours)), goals.seek, 'ms');
  goal(`${about}: memory`, bytes, goals.bytes, 'B an event');
  return [
    compare(`replay: build, ${about}, against storing its rows`, 'M events/s', building),
    compare(`replay: seek p95, ${about}, against a scan of ${STRETCH} rows`, 'ms', seeking),
    compare(`replay: bytes an event, ${about}, against its columns`, 'B', [
      { ours: bytes, yardstick: ROW },
    ]),
    ...(rows > MILLION && addresses === 16 ? statistics(replay, about) : []),
  ];
}

/** Batches as they come from a file, to a replay and to plain columns in turn. Making them is not timed. */
function build(rows: number, addresses: number, plain: PlainRows): { replay: Replay; pair: Pair } {
  const replay = new Replay(() => false);
  plain.clear();
  let ours = 0;
  let yardstick = 0;
  for (const batch of churnedRun(rows, addresses)) {
    ours += msOf(() => replay.append(batch));
    yardstick += msOf(() => plain.add(batch));
  }
  const perSecond = (ms: number): number => rows / ms / 1_000;
  return { replay, pair: { ours: perSecond(ours), yardstick: perSecond(yardstick) } };
}

/** Instants anywhere, by row and by time, each one held against a plain scan. @returns 95th percentiles */
function seeks(replay: Replay): Pair {
  const { events, rows } = replay;
  const columns = plainColumns(events);
  const ours: number[] = [];
  const yardstick: number[] = [];
  for (let n = 0; n < SEEKS; n++) {
    const share = Math.random();
    const byTime = n % 2 === 1;
    ours.push(
      msOf(() => replay.seek(byTime ? events.seqAt(share * events.end) : Math.floor(share * rows))),
    );
    const from = Math.floor(share * (rows - STRETCH));
    yardstick.push(msOf(() => scan(columns, from, from + STRETCH)));
  }
  return { ours: p95(ours), yardstick: p95(yardstick) };
}

function statistics({ events, rows }: Replay, about: string): BenchResult[] {
  const columns = plainColumns(events);
  const all = { from: 0, to: rows };
  const asked: readonly (readonly [name: string, ask: () => unknown])[] = [
    ['latencies of all binds', () => latencyIn(events, { ...all, op: OP.bind })],
    ['failures by code', () => failuresIn(events, all)],
    ['binds over time', () => bindsOver(events, { from: 0, to: events.end, buckets: BUCKETS })],
    ['the last second', () => lastSecond(events, rows - 1)],
  ];
  return asked.map(([name, ask]) => {
    const pairs = Array.from({ length: ROUNDS }, () => ({
      ours: msOf(ask),
      yardstick: msOf(() => scan(columns, 0, rows)),
    }));
    // The first one is asked of code that is not compiled yet: what somebody waits for.
    const slowest = Math.max(...pairs.map(({ ours }) => ours));
    goal(`${about}: ${name}, slowest`, slowest, 100, 'ms');
    return compare(`replay: ${name}, ${about}, against a plain scan`, 'ms', pairs);
  });
}

function benchFiles(): BenchResult[] {
  return [MILLION, 10 * MILLION].flatMap((rows) => {
    const folder = temporaryFolder();
    try {
      const file = join(folder.path, 'runs.labdb');
      writeLibrary(file, churnedRun(rows, 4));
      const pairs = Array.from({ length: 3 }, () => {
        const { ms } = openReplay(file);
        return { ours: ms, yardstick: readChunks(file, rows) };
      });
      const about = `${rows / MILLION} M events`;
      const ms = median(pairs.map(({ ours }) => ours));
      say(`${about}: from the file to any instant in ${ms.toFixed(0)} ms`);
      const opening = compare(`replay: open, ${about}, against inflating alone`, 'ms', pairs);
      if (rows > MILLION) return [opening];
      const bytes = bytesOfBundle(folder.path, file) / rows;
      goal(`${about}: a run's file`, bytes, FILE_BYTES, 'B an event');
      const promised = [{ ours: bytes, yardstick: FILE_BYTES }];
      const title = `replay: bytes of a .labrun an event, ${about}, against what is promised`;
      return [opening, compare(title, 'B', promised)];
    } finally {
      folder.remove();
    }
  });
}

function msOf(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

function p95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;
}

function goal(what: string, value: number, most: number, unit: string): void {
  const word = value <= most ? 'met' : 'MISSED';
  say(`${what}: ${value.toFixed(2)} ${unit} (goal ${most}: ${word})`);
}

function say(line: string): void {
  process.stderr.write(`  ${line}\n`);
}
