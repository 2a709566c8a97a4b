import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { FFI_NAMES } from '#native/ffi/ffi.ts';
import { openFfi } from '#native/ffi/open-ffi.ts';
import { lockHost } from '#native/host/host-lock.ts';

const isRefused = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('another experiment is running');

for (const name of FFI_NAMES) {
  test(`a second run on the host is refused, and allowed when the first has ended (${name})`, () => {
    const ffi = openFfi(name);
    const first = lockHost(ffi);
    assert.throws(() => lockHost(ffi), isRefused);
    first.release();
    lockHost(ffi).release();
  });
}

test('another process is refused too, and a killed owner leaves nothing locked', async () => {
  const script = `
    import { openFfi } from '#native/ffi/open-ffi.ts';
    import { lockHost } from '#native/host/host-lock.ts';
    lockHost(openFfi('koffi'));
    process.stdout.write('locked');
    setInterval(() => {}, 1000);
  `;
  const args = ['--no-warnings', '--input-type=module', '-e', script];
  const owner = spawn(process.execPath, args, { timeout: 60_000 });
  await once(owner.stdout, 'data');
  try {
    assert.throws(() => lockHost(openFfi('koffi')), isRefused);
  } finally {
    owner.kill('SIGKILL');
  }
  await once(owner, 'exit');
  lockHost(openFfi('koffi')).release();
});
