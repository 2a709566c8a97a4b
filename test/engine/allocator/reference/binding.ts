import { tuplePorts } from './auto-reuse.ts';
import { explicitCode } from './explicit-ports.ts';
import { CODE, familyOf, isWildcard, wildcardOf } from './host.ts';
import type { Ledger } from './ledger.ts';
import { reservedPort } from './reservations.ts';
import type { Answer, ReferenceSocket } from './sockets.ts';
import { hold, modeOf, optionWorks, ownRange, placesOf } from './sockets.ts';
import { isStarved, wildcardPorts, type Asker } from './wildcard-ports.ts';

/** What calls that take a port answer. */

/** bind; `port` 0 asks for a wildcard port. */
export function bind(
  ledger: Ledger,
  socket: ReferenceSocket,
  address: string,
  port: number,
): Answer {
  if (socket.bound !== null) return { code: CODE.invalid };
  if (familyOf(address) !== socket.family) return { code: wrongFamilyCode(ledger, socket) };
  if (!ledger.hasAddress(address)) return { code: CODE.notAvailable };
  if (port !== 0) return bindNamed(ledger, socket, address, port);
  const own = ownRange(ledger, socket);
  if (own !== null) {
    const reserved = reservedPort(ledger, socket.protocol, placesOf(socket, address), own);
    if (reserved === 0) return { code: exhausted(ledger.switches.A14, CODE.inUse) };
    return chosen(new Set([reserved]), (got) => {
      hold(ledger, socket, { address, port: got, kind: 'explicit' });
      return 0;
    });
  }
  if (putsOff(ledger, socket)) {
    socket.bound = { address, port: 0 };
    return { code: 0 };
  }
  return bindWildcardPort(ledger, socket, address);
}

export function wrongFamilyCode({ switches }: Ledger, { family }: ReferenceSocket): number {
  if (switches.wrongFamily !== 'wine') return CODE.fault;
  return family === 'ipv6' ? CODE.invalid : CODE.notSupported;
}

function bindNamed(ledger: Ledger, socket: ReferenceSocket, address: string, port: number): Answer {
  const { protocol } = socket;
  const places = placesOf(socket, address);
  const own = ownRange(ledger, socket);
  const code = explicitCode(ledger, { protocol, places, mode: modeOf(socket), own }, port);
  if (code === 0) hold(ledger, socket, { address, port, kind: 'explicit' });
  return { code };
}

function putsOff({ host, switches }: Ledger, { protocol, options }: ReferenceSocket): boolean {
  const known = switches.unicastPort === 'known';
  return (
    known && protocol === 'tcp' && options.has('SO_REUSE_UNICASTPORT') && host.autoReuse.count > 0
  );
}

function bindWildcardPort(ledger: Ledger, socket: ReferenceSocket, address: string): Answer {
  const { protocol, process } = socket;
  const places = placesOf(socket, address);
  const works = optionWorks(ledger, socket, address);
  // A dual-stack socket wants a number free in both pools, also where A6 lets it share later.
  const asker: Asker = { protocol, places, option: works && places.length === 1, process };
  const ports = wildcardPorts(ledger, asker);
  if (ports.size === 0) {
    return { code: fullCode(ledger, { ...asker, option: works }, bindUnderWine(socket)) };
  }
  return chosen(ports, (port) => {
    hold(ledger, socket, { address, port, kind: works ? 'option' : 'legacy' });
    return 0;
  });
}

/** The implicit bind of a connect without SO_REUSE_UNICASTPORT's effect: option-less, wildcard address. */
export function bindImplicitly(ledger: Ledger, socket: ReferenceSocket): Answer {
  const address = wildcardOf(socket.family);
  const { protocol, process } = socket;
  const asker: Asker = { protocol, places: placesOf(socket, address), option: false, process };
  const ports = wildcardPorts(ledger, asker);
  const underWine = protocol === 'udp' ? CODE.wouldBlock : CODE.notAvailable;
  if (ports.size === 0) return { code: fullCode(ledger, asker, underWine) };
  return chosen(ports, (port) => {
    hold(ledger, socket, { address, port, kind: 'legacy' });
    return 0;
  });
}

/** A number chosen at connect, when the 4-tuple is known; null: this socket's connect needs none. */
export function chooseAtConnect(
  ledger: Ledger,
  socket: ReferenceSocket,
  remote: string,
  remotePort: number,
): Answer | null {
  const { host, switches } = ledger;
  if (socket.protocol === 'udp' || (socket.bound !== null && socket.bound.port !== 0)) return null;
  const unbound = socket.bound === null;
  const perTuple = unbound && switches.implicitConnect === 'per-tuple';
  if (!perTuple && host.autoReuse.count === 0) return null;
  const local = socket.bound?.address ?? wildcardOf(socket.family);
  const places = placesOf(socket, local);
  const source = sourceOf(ledger, local, remote);
  // The dynamic range of both families, where the socket is of both.
  const ranges = perTuple
    ? places.map(({ family }) => host.ranges[`tcp/${family}`])
    : [host.autoReuse];
  const legal = tuplePorts(ledger, ranges, { places, local: source, remote, remotePort });
  const ports = perTuple ? heldInNeither(ledger, legal) : legal;
  if (ports.size === 0) {
    return { code: switches.A14 === 'wine' ? CODE.notAvailable : CODE.noBuffers };
  }
  return chosen(ports, (port) => {
    hold(ledger, socket, { address: local, port, kind: 'auto-reuse', hidden: perTuple });
    return 0;
  });
}

/** Linux keeps the numbers of both families in one table (`implicitConnect` per-tuple). */
function heldInNeither(ledger: Ledger, ports: ReadonlySet<number>): Set<number> {
  const holds = (['ipv4', 'ipv6'] as const).flatMap((family) => ledger.holds('tcp', family));
  const bound = holds.filter(({ kind }) => kind !== 'auto-reuse').map(({ port }) => port);
  return new Set([...ports].filter((port) => !bound.includes(port)));
}

/** The address a TCP connection from `local` has. */
export function sourceOf(ledger: Ledger, local: string, remote: string): string {
  const moves = isWildcard(local) && ledger.switches.connectSource === 'routed';
  return (moves ? ledger.sourceFor(remote) : undefined) ?? local;
}

function chosen(ports: ReadonlySet<number>, choose: (port: number) => number): Answer {
  return { code: 0, ports, choose };
}

/** A14; A15 where it is the option's doing. */
function fullCode(ledger: Ledger, asker: Asker, underWine: number): number {
  const { A14, A15 } = ledger.switches;
  return exhausted(isStarved(ledger, asker) ? A15 : A14, underWine);
}

function exhausted(answer: string, underWine: number): number {
  return answer === 'wine' ? underWine : CODE.noBuffers;
}

function bindUnderWine(socket: ReferenceSocket): number {
  return modeOf(socket) === 'reuse' ? CODE.access : CODE.inUse;
}
