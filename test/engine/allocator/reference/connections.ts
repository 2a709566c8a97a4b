import { bindImplicitly, chooseAtConnect, sourceOf, wrongFamilyCode } from './binding.ts';
import { CODE, familyOf, isWildcard } from './host.ts';
import type { Ledger } from './ledger.ts';
import type { Answer, Link, ReferenceSocket } from './sockets.ts';

/** connect: who may, from which port, and to whom on this same host. */
export function connect(
  ledger: Ledger,
  sockets: Iterable<ReferenceSocket>,
  socket: ReferenceSocket,
  remote: string,
  remotePort: number,
): Answer {
  const tcp = socket.protocol === 'tcp';
  if (familyOf(remote) !== socket.family) return { code: wrongFamilyCode(ledger, socket) };
  if (socket.listening) return { code: CODE.invalid };
  if (tcp && socket.connected) return { code: CODE.isConnected };
  if (remotePort === 0 || isWildcard(remote)) return { code: CODE.notAvailable };
  const listener = tcp ? listenerAt(ledger, sockets, remote, remotePort) : undefined;
  const isFull = listener !== undefined && listener.queue.length >= listener.backlog;

  const picked = chooseAtConnect(ledger, socket, remote, remotePort);
  if (picked !== null) {
    if (picked.code !== 0) return picked;
    // The pick is undone: the socket is as it was.
    if (isFull) return { code: CODE.refused };
  }
  const finish = (): number => {
    if (isFull) return CODE.refused;
    return establish(ledger, socket, { remote, remotePort }, listener);
  };
  const implicit = picked ?? (socket.bound === null ? bindImplicitly(ledger, socket) : null);
  if (implicit === null) return { code: finish() };
  if (implicit.code !== 0) return implicit;
  const { ports, choose } = implicit;
  return { code: 0, ports: ports!, choose: (port) => choose!(port) || finish() };
}

function establish(
  ledger: Ledger,
  socket: ReferenceSocket,
  { remote, remotePort }: { remote: string; remotePort: number },
  listener: ReferenceSocket | undefined,
): number {
  const { address, port } = socket.bound!;
  const local = sourceOf(ledger, address, remote);
  if (socket.protocol === 'tcp') {
    if (ledger.hasTuple(local, port, remote, remotePort)) return Number(ledger.switches.tupleInUse);
    socket.tuple = ledger.putTuple({ local, port, remote, remotePort, until: Infinity });
    if (local !== address) move(ledger, socket, local);
  }
  socket.connected = true;
  if (listener !== undefined) {
    const link: Link = { closed: false };
    socket.link = link;
    const place = { family: familyOf(remote), address: remote };
    listener.queue.push({ place, port: remotePort, link });
  }
  return 0;
}

/** A connected wildcard-address socket is at one address from now on (`connectSource` routed). */
function move(ledger: Ledger, socket: ReferenceSocket, address: string): void {
  const { port } = socket.bound!;
  socket.bound = { address, port };
  for (const held of socket.holds) held.until = ledger.now;
  const place = { family: socket.family, address };
  socket.holds = socket.holds
    .slice(0, 1)
    .map((held) => ledger.put({ ...held, ...place, dual: false, until: Infinity }));
}

/** Who answers at this address of the host: a listener on it before one on the wildcard address. */
function listenerAt(
  ledger: Ledger,
  sockets: Iterable<ReferenceSocket>,
  address: string,
  port: number,
): ReferenceSocket | undefined {
  if (!ledger.hasAddress(address)) return undefined;
  const family = familyOf(address);
  const listening = [...sockets].filter(
    (socket) => socket.listening && socket.bound!.port === port,
  );
  const at = (place: (address: string) => boolean): ReferenceSocket | undefined =>
    listening.find((socket) =>
      socket.holds.some((held) => held.family === family && place(held.address)),
    );
  return at((held) => held === address) ?? at(isWildcard);
}
