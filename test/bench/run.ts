/** Runs benchmarks: `node test/bench/run.ts [name] [--json]`. Results to stdout, progress to stderr. */
import { readdirSync } from 'node:fs';
import type { BenchResult } from './result.ts';

const args = process.argv.slice(2);
const json = args.includes('--json');
const wanted = args.find((arg) => !arg.startsWith('--'));

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length))
  .filter((name) => wanted === undefined || name === wanted)
  .sort();
if (names.length === 0) {
  process.stderr.write(`bench: no benchmark named ${wanted}; see test/bench/\n`);
  process.exit(2);
}

const results: BenchResult[] = [];
for (const name of names) {
  process.stderr.write(`${name} …\n`);
  const { bench } = (await import(`./${name}.bench.ts`)) as { bench(): Promise<BenchResult[]> };
  results.push(...(await bench()));
}
if (json) {
  process.stdout.write(`${JSON.stringify({ results })}\n`);
} else {
  for (const { name, ours, yardstick, unit, ratio, rounds } of results) {
    const figures = `${ours.toPrecision(4)} ${unit}, yardstick ${yardstick.toPrecision(4)}`;
    process.stdout.write(
      `${name.padEnd(52)} ratio ${ratio.toFixed(2)}   ${figures} (${rounds} rounds)\n`,
    );
  }
}
