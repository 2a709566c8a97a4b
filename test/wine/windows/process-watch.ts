import { setTimeout as sleep } from 'node:timers/promises';
import type { SocketStack } from '#engine/stack/socket-stack.ts';

/** Whether the system knows a process of that number. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Waits until it holds, looking often. @returns how long that took, ms */
export async function until(holds: () => boolean, patienceMs: number): Promise<number> {
  const began = performance.now();
  while (!holds()) {
    if (performance.now() - began > patienceMs) throw new Error(`not within ${patienceMs} ms`);
    await sleep(5);
  }
  return performance.now() - began;
}

/** Whether a plain socket may bind that port of an IPv4 address. */
export function isFree(stack: SocketStack, address: string, port: number): boolean {
  const socket = stack.socket('tcp', 'ipv4');
  const code = stack.bind(socket, stack.intern(address), port);
  stack.close(socket);
  return code === 0;
}
