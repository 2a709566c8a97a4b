import { expect, test } from 'vitest';
import { parseProcessList } from '#native/host/process-list.ts';
import { SYSTEM_PROCESS_INFORMATION as LAYOUT, UNICODE_STRING } from '#native/layout/layouts.ts';

const BASE = 0x1_2345_6000n;

/** The list as ntdll writes it: each name after its entry, pointers into the same buffer. */
function listOf(processes: readonly (readonly [pid: number, name: string, handles: number])[]) {
  const step = LAYOUT.size + 64;
  const buffer = Buffer.alloc(step * processes.length);
  for (const [index, [pid, name, handles]] of processes.entries()) {
    const at = index * step;
    const last = index === processes.length - 1;
    buffer.writeUInt32LE(last ? 0 : step, at + LAYOUT.NextEntryOffset);
    buffer.writeBigUInt64LE(BigInt(pid), at + LAYOUT.UniqueProcessId);
    buffer.writeUInt32LE(handles, at + LAYOUT.HandleCount);
    const text = Buffer.from(name, 'utf16le');
    text.copy(buffer, at + LAYOUT.size);
    buffer.writeUInt16LE(text.length, at + LAYOUT.ImageName + UNICODE_STRING.Length);
    const pointer = name === '' ? 0n : BASE + BigInt(at + LAYOUT.size);
    buffer.writeBigUInt64LE(pointer, at + LAYOUT.ImageName + UNICODE_STRING.Buffer);
  }
  return buffer;
}

test('names and handles by PID; the idle process has none', () => {
  const buffer = listOf([
    [0, '', 0],
    [4, 'System', 3_000],
    [4_312, 'w3wp.exe', 12_000],
    [8, 'Prüfdienst.exe', 20],
  ]);
  const list = parseProcessList(buffer, BASE);
  expect([...(list?.names ?? [])]).toEqual([
    [4, 'System'],
    [4_312, 'w3wp.exe'],
    [8, 'Prüfdienst.exe'],
  ]);
  expect([...(list?.handles ?? [])]).toEqual([
    [4, 3_000],
    [4_312, 12_000],
    [8, 20],
  ]);
});

test('control characters never get through, nor what a wrong pointer leads to', () => {
  const list = parseProcessList(listOf([[7, 'a\u001b[31mb', 1]]), BASE);
  expect(list?.names.get(7)).toBe('a\u{fffd}[31mb');
  expect(parseProcessList(listOf([[7, 'lost.exe', 1]]), BASE + 1_000_000n)).toBeNull();
  expect(parseProcessList(Buffer.alloc(16), BASE)).toBeNull();
});
