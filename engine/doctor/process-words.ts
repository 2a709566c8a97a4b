import type { HostLook } from './host-look.ts';

/** `w3wp.exe (PID 4312)`, or `PID 4312` where its name is unknown. */
export function processWords({ names }: Pick<HostLook, 'names'>, pid: number): string {
  const name = nameOf({ names }, pid);
  return name === '' ? `PID ${pid}` : `${name} (PID ${pid})`;
}

/** The program's name; '' where unknown, and for PID 0, which is none. */
export function nameOf({ names }: Pick<HostLook, 'names'>, pid: number): string {
  return pid === 0 ? '' : (names?.get(pid) ?? '');
}
