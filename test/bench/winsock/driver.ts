/**
 * `driver.ts WINSOCK_EXE COUNT ROUNDS`, in Windows Node: runs every variant once a round, each as a
 * process of its own, and prints a JSON object of the figures by variant.
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

const [exe = '', count = '', rounds = ''] = process.argv.slice(2);
const measure = path.join(import.meta.dirname, 'measure.ts');
const node = [process.execPath, '--no-warnings', measure];

/** The figures of each variant, by name, in order of rounds. */
export type Figures = Readonly<Record<keyof typeof VARIANTS, readonly number[]>>;

const VARIANTS = {
  c: [exe, count],
  koffi: [...node, 'koffi', count],
  unrecorded: [...node, 'koffi', count, 'unrecorded'],
  recorded: [...node, 'koffi', count, 'recorded'],
  napi: [...node, 'ffi-napi', count],
  koffiCall: [...node, 'koffi', 'calls'],
  napiCall: [...node, 'ffi-napi', 'calls'],
} as const;

/** Starts a variant. Wine 8 now and then fails to start a process: one more try. */
function run([program = '', ...args]: readonly string[]): number {
  const start = () => Number(execFileSync(program, args, { encoding: 'utf8', stdio: 'pipe' }));
  try {
    return start();
  } catch (error) {
    process.stderr.write(`${String(error).split('\n', 1)[0]}; trying again\n`);
    return start();
  }
}

const figures: Record<string, number[]> = {};
for (let round = 0; round < Number(rounds); round++) {
  const names = Object.keys(VARIANTS) as (keyof typeof VARIANTS)[];
  // Back and forth, so that no variant always runs after the same one.
  for (const name of round % 2 === 0 ? names : names.toReversed()) {
    (figures[name] ??= []).push(run(VARIANTS[name]));
  }
  process.stderr.write(`round ${round + 1} of ${rounds}\n`);
}
process.stdout.write(JSON.stringify(figures));
