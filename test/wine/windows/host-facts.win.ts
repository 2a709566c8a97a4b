import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostFactsSchema } from '#engine/model/host-facts.ts';
import { FFI_NAMES } from '#native/ffi/ffi.ts';
import { openFfi } from '#native/ffi/open-ffi.ts';
import { readHostFacts } from '#native/host/read-host-facts.ts';

const product = process.env['PORTLAB_TEST_PRODUCT'];

for (const backend of FFI_NAMES) {
  describe(`host facts over ${backend}`, () => {
    it('say Wine, what it poses as, and null for what netsh and PowerShell do not print', async () => {
      const facts = await readHostFacts({ ffi: openFfi(backend), quick: false });
      hostFactsSchema.parse({ ...facts, stack: 'simulated', why: 'Wine' });
      assert.equal(facts.platform, 'win32');
      assert.match(facts.wine ?? '', /^\d+\.\d+/);
      assert.equal(facts.os.productType, product);
      assert.match(facts.os.build, /^10\.0\.\d+$/);
      assert.match(facts.os.name, product === 'workstation' ? /^Windows 10$/ : /^Windows Server/);
      assert.deepEqual(facts.dynamicRanges, { tcp4: null, tcp6: null, udp4: null, udp6: null });
      assert.equal(facts.excludedRanges, null);
      assert.equal(facts.autoReuseRange, null);
      assert.deepEqual(facts.roles, product === 'domain-controller' ? [product] : []);
    });

    it('say that both options are accepted but not readable, and documented by edition', async () => {
      const { options } = await readHostFacts({ ffi: openFfi(backend), quick: true });
      const answers = { settable: true, readable: false, honoured: 'unknown', evidence: null };
      assert.deepEqual(options, {
        SO_PORT_SCALABILITY: { ...answers, documented: product !== 'workstation' },
        SO_REUSE_UNICASTPORT: { ...answers, documented: true },
      });
    });

    it('list the loopback address as GetAdaptersAddresses gives it', async () => {
      const { addresses } = await readHostFacts({ ffi: openFfi(backend), quick: true });
      const loopback = addresses.find(({ address }) => address === '127.0.0.1');
      assert.ok(loopback, JSON.stringify(addresses));
      assert.equal(loopback.prefix, 8);
      assert.equal(loopback.state, 'preferred');
      assert.equal(loopback.class, 'loopback');
      assert.notEqual(loopback.interface, '');
      assert.ok(loopback.ifIndex > 0);
    });
  });
}
