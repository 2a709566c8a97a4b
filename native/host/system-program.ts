import { execFile } from 'node:child_process';
import path from 'node:path';

export interface Bounds {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/**
 * What a program of the system folder prints; '' when it fails, takes too long or says too much. The
 * full path keeps a program of the same name in the current folder out. Only while the lab holds no
 * socket: see docs/architecture.md.
 */
export function systemProgramOutput(
  program: string,
  args: readonly string[],
  { timeoutMs, maxBytes }: Bounds,
): Promise<string> {
  const file = path.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', program);
  const options = {
    encoding: 'latin1',
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: maxBytes,
    windowsHide: true,
  } as const;
  return new Promise((resolve) => {
    try {
      execFile(file, args, options, (error, stdout) => resolve(error === null ? stdout : ''));
    } catch {
      // Node throws at once where the system makes no process: seen under Wine, as "spawn UNKNOWN".
      resolve('');
    }
  });
}
