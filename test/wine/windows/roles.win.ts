import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { FFI_NAMES } from '#native/ffi/ffi.ts';
import { openFfi } from '#native/ffi/open-ffi.ts';
import { openMemoryReader } from '#native/host/memory.ts';
import { openRegistry } from '#native/host/registry.ts';
import { readRoles, readServiceStarts } from '#native/host/service-roles.ts';

const SERVICES = 'SYSTEM\\CurrentControlSet\\Services';
/** Names of services that exist nowhere else; one of the table is put there besides. */
const MADE = { PortlabTestOff: 4, PortlabTestOn: 2, vmms: 3 } as const;

const REG = join(process.env['SystemRoot'] ?? 'C:\\windows', 'System32', 'reg.exe');

/** Wine's own reg.exe, which knows nothing of the lab. */
function reg(...args: readonly string[]): void {
  execFileSync(REG, [...args, '/f'], { stdio: 'ignore' });
}

const key = (name: string): string => `HKLM\\${SERVICES}\\${name}`;

before(() => {
  for (const [name, start] of Object.entries(MADE)) {
    reg('add', key(name), '/v', 'Start', '/t', 'REG_DWORD', '/d', String(start));
  }
  reg('add', key('PortlabTestBare'));
  reg('add', key('PortlabTestText'), '/v', 'Start', '/t', 'REG_SZ', '/d', '2');
});

after(() => {
  for (const name of [...Object.keys(MADE), 'PortlabTestBare', 'PortlabTestText']) {
    reg('delete', key(name));
  }
});

for (const backend of FFI_NAMES) {
  describe(`the registry over ${backend}`, () => {
    const ffi = openFfi(backend);

    it('gives the start of services that are there, and says which are not', () => {
      const names = [...Object.keys(MADE), 'PortlabTestBare', 'PortlabTestText', 'PortlabTestNone'];
      assert.deepEqual(readServiceStarts(ffi, names), {
        ...MADE,
        PortlabTestBare: null,
        PortlabTestText: null,
      });
    });

    it('gives the whole of a DWORD', () => {
      reg('add', key('PortlabTestBare'), '/v', 'Big', '/t', 'REG_DWORD', '/d', '4294967295');
      const answer = openRegistry(ffi).dword(`${SERVICES}\\PortlabTestBare`, 'Big');
      reg('delete', key('PortlabTestBare'), '/v', 'Big');
      assert.deepEqual(answer, { key: 'present', value: 4_294_967_295 });
    });

    it('tells roles by services and by product type', () => {
      assert.deepEqual(readRoles(ffi, 'server'), ['hyper-v-host']);
      assert.deepEqual(readRoles(ffi, 'domain-controller'), ['domain-controller', 'hyper-v-host']);
    });

    it('leaves no handle open, however often it is read', () => {
      const before = handles(backend);
      for (let i = 0; i < 200; i++) readServiceStarts(ffi, Object.keys(MADE));
      assert.ok(handles(backend) - before < 20, `${before} handles before`);
    });
  });

  describe(`memory over ${backend}`, () => {
    it('that is available is between nothing and a petabyte; the pool is that, or unknown', () => {
      const read = openMemoryReader(openFfi(backend));
      for (const memory of [read(), read()]) {
        const { availablePhysical, nonPagedPool } = memory;
        assert.ok(availablePhysical !== null && availablePhysical > 1024 ** 2, String(memory));
        assert.ok(availablePhysical < 1024 ** 5);
        assert.ok(nonPagedPool === null || (nonPagedPool > 0 && nonPagedPool < 1024 ** 5));
      }
    });
  });
}

/** Handles this process has open. */
function handles(backend: (typeof FFI_NAMES)[number]): number {
  const kernel32 = openFfi(backend).load('kernel32.dll');
  const count = kernel32.func('GetProcessHandleCount', 'i32', ['i64', 'pointer']);
  assert.ok(count !== undefined);
  const out = new Uint32Array(1);
  // GetCurrentProcess is the handle -1.
  assert.notEqual(count(-1, out), 0);
  return out[0] ?? 0;
}
