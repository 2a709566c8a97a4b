import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { CLI, pinnedNode } from '#build/setup.mjs';
import { portlab, scratch } from './portlab.ts';

const files = scratch();
afterAll(() => files.remove());

/** The catalogue into a file, by a shell that lets files become no larger than so many KiB. */
function catalogueInto(file: string, kib: number): number | null {
  const line = `ulimit -f ${kib}; trap '' XFSZ; exec "$0" "$1" experiments --json > "$2"`;
  return spawnSync('bash', ['-c', line, pinnedNode(), CLI, file], { stdio: 'ignore' }).status;
}

test.runIf(process.platform === 'linux')(
  'a result that did not fit into its file is no success, and one that did is whole',
  async () => {
    const { stdout } = await portlab('experiments', '--json');
    expect(stdout.length).toBeGreaterThan(4_096);
    const whole = files.path('whole.json');
    expect(catalogueInto(whole, 1_024)).toBe(0);
    expect(readFileSync(whole, 'utf8')).toBe(stdout);
    // A write that is cut short must be gone on with: only then is it seen that nothing more fits.
    expect(catalogueInto(files.path('cut.json'), 4)).not.toBe(0);
  },
);
