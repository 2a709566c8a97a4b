import { WIN32_TREE, windowsPath } from '#build/wine/places.mjs';
import { runInWine } from '#build/wine/run.mjs';

/** What the scripts need in the Windows tree. */
const SYNC = [
  'engine',
  'native',
  'main/guard',
  'main/probe',
  'test/native',
  'test/stack',
  'test/wine',
];
const TIMEOUT_MS = 300_000;

export interface NodeTestSummary {
  readonly status: number;
  readonly tests: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Everything it printed. */
  readonly output: string;
}

export interface NodeTestOptions {
  /** Files of test/wine/windows, without the ending. */
  readonly scripts: readonly string[];
  readonly netnsRange?: string;
  readonly product?: 'workstation' | 'server' | 'domain-controller';
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs scripts in Windows Node under `node --test`, garbage collection at hand. */
export async function nodeTestInWine(options: NodeTestOptions): Promise<NodeTestSummary> {
  const { scripts, netnsRange, product, env } = options;
  const chunks: Buffer[] = [];
  const keep = (chunk: Buffer) => void chunks.push(chunk);
  const files = scripts.map((name) =>
    windowsPath(`${WIN32_TREE}/test/wine/windows/${name}.win.ts`),
  );
  const { status } = await runInWine({
    args: ['--expose-gc', '--no-warnings', '--test', '--test-reporter=tap', ...files],
    sync: SYNC,
    cwd: WIN32_TREE,
    timeoutMs: TIMEOUT_MS,
    onStdout: keep,
    onStderr: keep,
    ...(netnsRange === undefined ? {} : { netnsRange }),
    ...(product === undefined ? {} : { product }),
    ...(env === undefined ? {} : { env: { ...env } }),
  });
  const output = Buffer.concat(chunks).toString('utf8');
  const count = (name: string) =>
    Number(new RegExp(`^# ${name} (\\d+)`, 'm').exec(output)?.[1] ?? 'NaN');
  return {
    status,
    tests: count('tests'),
    passed: count('pass'),
    failed: count('fail'),
    skipped: count('skipped'),
    output,
  };
}
