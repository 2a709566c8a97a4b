import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { after, before, it } from 'node:test';
import { FAMILIES, PROTOCOLS } from '#engine/model/protocol.ts';
import { heldPorts, processNames } from '#native/host/port-holders.ts';
import { parseNetstat, portsInUse } from '#native/host/ports-in-use.ts';
import { systemProgramOutput } from '#native/host/system-program.ts';

const BOUNDS = { timeoutMs: 10_000, maxBytes: 1_048_576 };

const server = net.createServer();
let client: net.Socket | undefined;
let port = 0;

before(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  port = (server.address() as net.AddressInfo).port;
  client = net.connect(port, '127.0.0.1');
  await Promise.all([once(client, 'connect'), once(server, 'connection')]);
});

after(() => {
  client?.destroy();
  server.close();
});

it("Wine's netstat heeds no switch, and lists connections without their owners", async () => {
  for (const table of ['tcp', 'udpv6']) {
    const output = await systemProgramOutput('netstat.exe', ['-anoq', '-p', table], BOUNDS);
    assert.ok(parseNetstat(output, 'tcp').has(port), output);
    assert.doesNotMatch(output, /PID/);
  }
});

for (const protocol of PROTOCOLS) {
  for (const family of FAMILIES) {
    it(`so who holds ports is unknown: ${protocol}, ${family}`, async () => {
      assert.equal(await heldPorts(protocol, family), null);
      assert.equal(await portsInUse(protocol, family), null);
    });
  }
}

it('and so are the names of programs', async () => {
  assert.equal(await processNames(), null);
});
