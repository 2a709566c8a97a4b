import { expect, test } from 'vitest';
import { systemProgramOutput } from '#native/host/system-program.ts';

const BOUNDS = { timeoutMs: 1_000, maxBytes: 1_024 };

test('a program that is not there has said nothing', async () => {
  expect(await systemProgramOutput('no-such-program.exe', [], BOUNDS)).toBe('');
});

test('one that can’t even be started has said nothing: Node throws there at once', async () => {
  expect(await systemProgramOutput('netsh.exe', ['a\0b'], BOUNDS)).toBe('');
});
