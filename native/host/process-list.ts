import type { Ffi } from '../ffi/ffi.ts';
import { SYSTEM_PROCESS_INFORMATION, UNICODE_STRING } from '../layout/layouts.ts';
import { requireExport } from '../winsock/ws2.ts';

/** SYSTEM_INFORMATION_CLASS, winternl.h. */
const SystemProcessInformation = 5;
/** ntstatus.h, as the signed 32 bits an NTSTATUS is. */
const STATUS_SUCCESS = 0;
const STATUS_INFO_LENGTH_MISMATCH = 0xc0000004 | 0;

const FIRST_ROOM = 512 * 1024;
const MOST_BYTES = 64 * 1024 * 1024;
const MAX_TRIES = 6;

export interface ProcessList {
  /** Program names by PID; PID 0, the idle process, has none. */
  readonly names: ReadonlyMap<number, string>;
  /** Handles open by PID. */
  readonly handles: ReadonlyMap<number, number>;
}

/**
 * The running programs, with no child process and no right to open them. Microsoft's page on
 * NtQuerySystemInformation warns that it may change: where it doesn't answer as expected, null.
 */
export function readProcessList(ffi: Ffi): ProcessList | null {
  const file = 'ntdll.dll';
  const query = requireExport(ffi.load(file), file, 'NtQuerySystemInformation', 'i32', [
    'i32',
    'pointer',
    'u32',
    'pointer',
  ]);
  const needed = new Uint32Array(1);
  let room = FIRST_ROOM;
  for (let tries = 0; tries < MAX_TRIES && room <= MOST_BYTES; tries++) {
    const buffer = Buffer.alloc(room);
    const status = query(SystemProcessInformation, buffer, room, needed);
    if (status === STATUS_SUCCESS) return parseProcessList(buffer, ffi.addressOf(buffer));
    if (status !== STATUS_INFO_LENGTH_MISMATCH) return null;
    room = Math.max(room * 2, Math.ceil((needed[0] ?? 0) * 1.25));
  }
  return null;
}

/**
 * Reads the linked list; a link or a name that leads out of the buffer ends or empties what it is of.
 * @param base where the buffer's first byte is in memory
 */
export function parseProcessList(buffer: Buffer, base: bigint): ProcessList | null {
  const layout = SYSTEM_PROCESS_INFORMATION;
  const names = new Map<number, string>();
  const handles = new Map<number, number>();
  let at = 0;
  while (at + layout.size <= buffer.length) {
    const pid = Number(buffer.readBigUInt64LE(at + layout.UniqueProcessId));
    const name = unicodeString(buffer, at + layout.ImageName, base);
    if (pid !== 0) {
      if (name !== '') names.set(pid, name);
      handles.set(pid, buffer.readUInt32LE(at + layout.HandleCount));
    }
    const next = buffer.readUInt32LE(at + layout.NextEntryOffset);
    if (next === 0) break;
    at += next;
  }
  return names.size === 0 ? null : { names, handles };
}

function unicodeString(buffer: Buffer, at: number, base: bigint): string {
  const length = buffer.readUInt16LE(at + UNICODE_STRING.Length);
  const start = Number(buffer.readBigUInt64LE(at + UNICODE_STRING.Buffer) - base);
  if (start < 0 || start + length > buffer.length) return '';
  // It goes to terminals, where control characters are commands.
  return buffer.toString('utf16le', start, start + length).replace(/\p{C}+/gu, '\u{fffd}');
}
