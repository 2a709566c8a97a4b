import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { CLI, pinnedNode } from '#build/setup.mjs';
import type { Lab } from './lab.ts';
import { endLeftovers, endProcess, watchFamily } from './processes.ts';

const START_MS = 20_000;
const END_MS = 10_000;

export interface Served {
  /** With the token, as it is printed. */
  readonly url: string;
  readonly end: () => Promise<void>;
}

/** `portlab serve` on a free port and the lab's database, ended as by Ctrl-C. */
export async function serve(lab: Lab): Promise<Served> {
  const child = spawn(pinnedNode(), [CLI, 'serve', '--port', '0', '--db', lab.database], {
    cwd: lab.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const family = watchFamily(child);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const url = await new Promise<string>((resolve, reject) => {
    const give = (why: string) => reject(new Error(`portlab serve ${why}\n${said}`));
    const timer = setTimeout(() => give(`printed no address in ${START_MS / 1_000} s`), START_MS);
    createInterface(child.stdout).on('line', (line) => {
      if (!/^http:\/\/127\.0\.0\.1:\d+\/#\S+$/.test(line)) return;
      clearTimeout(timer);
      resolve(line);
    });
    child.once('error', (error) => give(error.message));
    child.once('exit', (code) => give(`ended with ${code}`));
  }).catch(async (error: unknown) => {
    await endProcess(child, 'SIGKILL', END_MS);
    await endLeftovers(family.end(), END_MS);
    throw error;
  });
  return {
    url,
    end: async () => {
      if (!(await endProcess(child, 'SIGINT', END_MS))) {
        lab.problems.note(`portlab serve did not end within ${END_MS / 1_000} s of Ctrl-C`);
      }
      for (const name of await endLeftovers(family.end(), END_MS)) {
        lab.problems.note(`portlab serve left ${name} running`);
      }
    },
  };
}
