import { contains, MAX_PORT } from '../model/port-range.ts';
import { WSA } from '../model/winsock-error.ts';
import type { CloseHow, SocketId } from '../stack/socket-stack.ts';
import { spelled } from './check-names.ts';
import type { Made, ScriptBench } from './script-bench.ts';
import type { StepOf } from './script-schema.ts';

type SocketMade = Extract<Made, { kind: 'socket' }>;

/** How long a connect, and the arrival of its other end, is waited for on real sockets. */
const CONNECT_NS = 10e9;
const ACCEPT_NS = 1e9;

/** Where the lab looks for a port of its own: above the well-known ones, below usual dynamic ranges. */
const FIRST_OWN_PORT = 8_001;
const OWN_PORTS_TRIED = 256;
const BACKLOG = 128;

interface Listener {
  readonly socket: SocketId;
  readonly port: number;
}

/** Connections of a script: the remotes the lab plays itself, and who closes first. */
export class Connections {
  readonly #bench: ScriptBench;
  readonly #listeners = new Map<string, Listener>();

  constructor(bench: ScriptBench) {
    this.#bench = bench;
  }

  /** @returns 0, or the error of the connect, or of the listener where that could not be had */
  async connect(made: SocketMade, remote: StepOf<'connect'>['remote']): Promise<number> {
    const { stack } = this.#bench;
    if (!('listener' in remote)) {
      return this.#connected(made, remote.address, remote.port);
    }
    const listener = this.#listen(made, spelled(remote.listener), remote.port);
    if (typeof listener === 'number') return listener;
    const code = await this.#connected(made, remote.listener, listener.port);
    if (code !== 0 || made.protocol === 'udp') return code;
    const accepted = await this.accept(listener.socket);
    if (accepted > 0) {
      // A second connect of one socket can't succeed, so nothing is lost here.
      if (made.partner !== null) stack.close(made.partner);
      made.partner = accepted;
    }
    return 0;
  }

  /** @returns the accepted socket, or the negated error */
  async accept(listener: SocketId): Promise<number> {
    const { stack, simulated } = this.#bench;
    const until = stack.now() + (simulated === null ? ACCEPT_NS : 0);
    let accepted = stack.accept(listener);
    while (accepted === -WSA.WSAEWOULDBLOCK && stack.now() < until) {
      await this.#bench.pause(1);
      accepted = stack.accept(listener);
    }
    return accepted;
  }

  /** Closes a socket, and the lab's end of its connection before or after it. @returns the error, or 0 */
  close(made: SocketMade, how: CloseHow): number {
    if (how === 'remote') this.partnerCloses(made, 'local');
    const code = this.#bench.stack.close(made.id, how);
    this.partnerCloses(made, 'remote');
    return code;
  }

  /** @param how `remote` when the socket itself has closed before */
  partnerCloses(made: SocketMade, how: CloseHow): void {
    if (made.partner === null) return;
    this.#bench.stack.close(made.partner, how);
    made.partner = null;
  }

  async #connected({ id, protocol }: SocketMade, address: string, port: number): Promise<number> {
    const { stack, simulated } = this.#bench;
    const remote = this.#bench.address(address);
    const until = stack.now() + CONNECT_NS;
    let code = stack.connect(id, remote, port);
    // Only real TCP takes its time; elsewhere "would block" is an answer like any other.
    if (simulated !== null || protocol === 'udp') return code;
    while (code === WSA.WSAEWOULDBLOCK) {
      if (stack.now() >= until) return WSA.WSAETIMEDOUT;
      await this.#bench.pause(1);
      code = stack.connect(id, remote, port);
    }
    return code;
  }

  /** The listener for an address and port, made the first time. @returns it, or an error */
  #listen(made: SocketMade, address: string, wanted: number | undefined): Listener | number {
    const { protocol, family } = made;
    const key = `${protocol} ${family} ${address} ${wanted ?? 'any'}`;
    const known = this.#listeners.get(key);
    if (known !== undefined) return known;
    const { stack } = this.#bench;
    const socket = stack.socket(protocol, family, this.#bench.process(null));
    if (socket < 0) return -socket;
    let port = 0;
    let code: number = WSA.WSAEADDRINUSE;
    for (const candidate of wanted === undefined ? this.#ownPorts() : [wanted]) {
      port = candidate;
      code = stack.bind(socket, this.#bench.address(address), port);
      if (code !== WSA.WSAEADDRINUSE && code !== WSA.WSAEACCES) break;
    }
    if (code === 0) {
      stack.getsockname(socket);
      if (protocol === 'tcp') code = stack.listen(socket, BACKLOG);
    }
    if (code !== 0) {
      stack.close(socket);
      return code;
    }
    const listener = { socket, port };
    this.#listeners.set(key, listener);
    return listener;
  }

  /** Numbers no wildcard-port bind is given, so that the lab's own listeners change nothing. */
  #ownPorts(): number[] {
    const { avoid } = this.#bench.run;
    const ports: number[] = [];
    for (let port = FIRST_OWN_PORT; ports.length < OWN_PORTS_TRIED && port <= MAX_PORT; port++) {
      if (!avoid.some((range) => contains(range, port))) ports.push(port);
    }
    return ports;
  }
}
