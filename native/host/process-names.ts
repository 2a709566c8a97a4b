import { systemProgramOutput } from './system-program.ts';

const BOUNDS = { timeoutMs: 10_000, maxBytes: 4 * 1024 * 1024 };

/**
 * Names of the running programs by PID, `w3wp.exe`. Starts tasklist: only while the lab holds no
 * socket.
 * @returns null where tasklist gave nothing (Wine, or it is not allowed to run)
 */
export async function processNames(): Promise<ReadonlyMap<number, string> | null> {
  const output = await systemProgramOutput('tasklist.exe', ['/fo', 'csv', '/nh'], BOUNDS);
  const names = parseTasklist(output);
  return names.size === 0 ? null : names;
}

/**
 * The first two columns of `tasklist /fo csv /nh`, image name and PID, each in quotes; a file name
 * can't hold one. Names beyond ASCII come in a code page the output doesn't state: each run of such
 * letters becomes one U+FFFD. Source: Microsoft's page on tasklist.
 */
export function parseTasklist(output: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const line of output.split(/\r?\n/)) {
    const match = /^"([^"]+)","(\d{1,10})"(?:,|$)/.exec(line);
    if (match?.[1] === undefined) continue;
    names.set(Number(match[2]), match[1].replace(/[^ -~]+/g, '\u{fffd}'));
  }
  return names;
}
