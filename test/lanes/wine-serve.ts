import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { ROOT, pinnedNode } from '#build/setup.mjs';
import { windowsPath } from '#build/wine/places.mjs';
import { endProcess } from './processes.ts';

/** Wine makes its prefix first, if there is none yet. */
const START_MS = 120_000;
const END_MS = 20_000;

export interface WineServed {
  /** With the token, as it is printed. */
  readonly url: string;
  readonly end: () => Promise<void>;
}

/** `portlab serve` in Windows Node under Wine: its sockets are ws2_32.dll's. */
export async function serveInWine(folder: string): Promise<WineServed> {
  const script = join(ROOT, 'build', 'portlab-wine.mjs');
  const database = windowsPath(join(folder, 'wine.labdb'));
  const child = spawn(pinnedNode(), [script, '--db', database, 'serve', '--port', '0'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  try {
    const url = await new Promise<string>((resolve, reject) => {
      const give = (why: string) => reject(new Error(`serve under Wine ${why}\n${said}`));
      const timer = setTimeout(() => give(`gave no address in ${START_MS / 1_000} s`), START_MS);
      createInterface(child.stdout).on('line', (line) => {
        if (!line.startsWith('http://127.0.0.1:')) return;
        clearTimeout(timer);
        resolve(line);
      });
      child.once('exit', (code) => give(`ended with ${code}`));
    });
    return {
      url,
      end: async () => {
        if (!(await endProcess(child, 'SIGINT', END_MS))) {
          throw new Error(`serve under Wine did not end within ${END_MS / 1_000} s of Ctrl-C`);
        }
      },
    };
  } catch (error) {
    await endProcess(child, 'SIGKILL', END_MS);
    throw error;
  }
}
