import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type BenchResult, compare } from './result.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const ROUNDS = 9;
const YARDSTICK_LAPS = '15';
const TUPLE_LAPS = '7';
const TIMEOUT_MS = 120_000;

type Figures = ReadonlyMap<string, number>;
interface Round {
  readonly engine: Figures;
  readonly c: Figures;
}

/** The engine's workload, what it is held against, and what to call it. */
const PAIRS = [
  ['legacy-fill', 'legacy-fill', 'option-less binds, sequential'],
  ['option-fill', 'option-fill', 'option binds, sequential'],
  ['option-random-fill', 'option-random-fill', 'option binds, random start'],
  ['legacy-release', 'legacy-release', 'release, option-less'],
  ['option-release', 'option-release', 'release, option, in order'],
  ['option-random-release', 'option-random-release', 'release, option, any order'],
  ['refusal', 'refusal', 'refusal'],
  ['word-fill', 'option-fill', 'fill by words, against a C call a bind'],
  ['stack-fill', 'option-fill', 'SimulatedStack fill to a sink, against C binds'],
  ['stack-release', 'option-release', 'SimulatedStack closeAll to a sink, against C releases'],
  ['stack-calls', 'option-fill', 'SimulatedStack sockets, four calls each, against C binds'],
] as const;

const TUPLE_PAIRS = [
  ['connect', 'connect with 4-tuple check, up to 1 M live'],
  ['connect-close', 'close and connect, 1 M live'],
] as const;

/**
 * The allocator against the same rules in C, one call a bind; whole processes taking turns, since
 * within one process the same code varies up to twofold. Millions per second: more is better.
 * @throws where gcc is missing
 */
export async function bench(): Promise<BenchResult[]> {
  const exe = compileYardstick('allocator');
  const tuplesExe = compileYardstick('tuples');
  const rounds: Round[] = [];
  const tupleRounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({ c: run(exe, [YARDSTICK_LAPS]), engine: runLoops('loops.ts') });
    tupleRounds.push({ c: run(tuplesExe, [TUPLE_LAPS]), engine: runLoops('tuples.ts') });
  }
  const perSecond = (figures: Figures, name: string): number => 1_000 / nsOf(figures, name);
  return [
    ...PAIRS.map(([ours, yardstick, title]) =>
      compare(
        `allocator: ${title}`,
        'M/s',
        rounds.map(({ engine, c }) => ({
          ours: perSecond(engine, ours),
          yardstick: perSecond(c, yardstick),
        })),
      ),
    ),
    ...TUPLE_PAIRS.map(([name, title]) =>
      compare(
        `allocator: ${title}`,
        'M/s',
        tupleRounds.map(({ engine, c }) => ({
          ours: perSecond(engine, name),
          yardstick: perSecond(c, name),
        })),
      ),
    ),
    compare(
      'allocator: bytes a 4-tuple at 1 M, against its 12 bytes of content',
      'B',
      tupleRounds.map(({ engine }) => ({ ours: nsOf(engine, 'bytes'), yardstick: 12 })),
    ),
    compare(
      'allocator: bind+release pair at 99.9 % full, against 50 %',
      'ns/pair',
      rounds.map(({ engine }) => ({
        ours: nsOf(engine, 'pair-99.9'),
        yardstick: nsOf(engine, 'pair-50'),
      })),
    ),
  ];
}

function compileYardstick(name: string): string {
  const exe = path.join(ROOT, '.cache', 'bench', name);
  const source = path.join(import.meta.dirname, 'yardstick', `${name}.c`);
  mkdirSync(path.dirname(exe), { recursive: true });
  execFileSync('gcc', ['-O3', '-o', exe, source], { stdio: ['ignore', 'ignore', 'inherit'] });
  return exe;
}

/** One of the engine's programs in allocator/, in a process of its own. */
function runLoops(file: string): Figures {
  const script = path.join(import.meta.dirname, 'allocator', file);
  return run(process.execPath, ['--no-warnings', script]);
}

function run(command: string, args: readonly string[]): Figures {
  const text = execFileSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = text.trim().split('\n');
  return new Map(
    lines.map((line) => {
      const [name = '', ns] = line.split(' ');
      return [name, Number(ns)];
    }),
  );
}

function nsOf(figures: Figures, name: string): number {
  const ns = figures.get(name);
  if (ns === undefined) throw new Error(`allocator bench: no figure for ${name}`);
  return ns;
}
