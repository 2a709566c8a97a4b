import assert from 'node:assert/strict';
import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';
import { after, before, it } from 'node:test';
import { diagnose } from '#engine/doctor/diagnose.ts';
import { FFI_NAMES } from '#native/ffi/ffi.ts';
import { openFfi } from '#native/ffi/open-ffi.ts';
import { askSources, lookOf } from '#native/host/look-at-host.ts';
import { countEstablished, readOwnerTable } from '#native/host/owner-tables.ts';
import { readProcessList } from '#native/host/process-list.ts';
import { readHostFacts } from '#native/host/read-host-facts.ts';

const server = net.createServer();
const udp = dgram.createSocket('udp4');
const clients: net.Socket[] = [];
let port = 0;

before(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  port = (server.address() as net.AddressInfo).port;
  for (let i = 0; i < 3; i++) {
    const client = net.connect(port, '127.0.0.1');
    clients.push(client);
    await Promise.all([once(client, 'connect'), once(server, 'connection')]);
  }
  udp.bind(0, '127.0.0.1');
  await once(udp, 'listening');
});

after(() => {
  for (const client of clients) client.destroy();
  server.close();
  udp.close();
});

for (const name of FFI_NAMES) {
  it(`${name}: the system's table lists listeners, connections and UDP sockets, with their owner`, () => {
    const ffi = openFfi(name);
    const tcp = readOwnerTable(ffi, 'tcp', 'ipv4')?.sockets ?? [];
    // Wine names the owner of sockets that connected out; of the others it says nobody.
    const listening = tcp.filter(
      ({ local, state }) => local === `127.0.0.1:${port}` && state === 'listening',
    );
    assert.equal(listening.length, 1);
    const connected = tcp.filter(({ remote }) => remote === `127.0.0.1:${port}`);
    assert.deepEqual(
      connected.map((each) => [each.port, each.pid, each.state]).toSorted(),
      clients.map((client) => [client.localPort, process.pid, 'connected']).toSorted(),
    );
    const [found] = (readOwnerTable(ffi, 'udp', 'ipv4')?.sockets ?? []).filter(
      (each) => each.port === udp.address().port,
    );
    assert.equal(found?.state, 'bound');
    assert.ok((countEstablished(ffi, 'ipv4') ?? 0) >= 2 * clients.length);
    assert.equal(readProcessList(ffi)?.names.get(process.pid), 'node.exe');
    assert.ok((readProcessList(ffi)?.handles.get(process.pid) ?? 0) > 0);
  });
}

it('a bound-only socket is in no table here, so the doctor says that more may be used', async () => {
  const ffi = openFfi('koffi');
  const host = {
    ...(await readHostFacts({ ffi, quick: true })),
    stack: 'simulated',
    why: '',
  } as const;
  const sources = await askSources(ffi, true);
  const more = { ownPids: [], readAt: new Date().toISOString(), tookMs: 0 };
  const document = diagnose(lookOf(host, sources, more));
  assert.equal(document.basis, 'wine');
  assert.equal(document.severity, 'unknown');
  assert.match(document.advice, /^I don't know how many ports are left, because the dynamic/);
  const own = document.holders.find(
    ({ pid, protocol }) => pid === process.pid && protocol === 'tcp',
  );
  assert.equal(own?.name, 'node.exe');
  assert.equal(own?.ports, clients.length);
  assert.ok((document.unexplained ?? 0) >= 1, 'the listener nobody is said to own');
  for (const word of ['Bound-only', 'range', 'System log']) {
    assert.ok(
      document.unknown.some((line) => line.includes(word)),
      word,
    );
  }
});
