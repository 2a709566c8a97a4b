import { NULL_SINK, type EventSink } from '#engine/event/event-sink.ts';
import type { SocketOption } from '#engine/model/socket-option.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';
import { createSimulatedStack, type SimulatedStack } from '#engine/stack/simulated-stack.ts';
import type { Family, Protocol, ReferenceHost } from '../reference/host.ts';
import { ReferenceModel, type How } from '../reference/reference-model.ts';
import type { Answer } from '../reference/sockets.ts';
import { Journal, named } from './journal.ts';

export const LONG_NS = 1e15;
/** The stack under test and the reference: each call is made on both, and the answers compared. */
export class PairedStack {
  readonly stack: SimulatedStack;
  readonly reference: ReferenceModel;
  readonly journal = new Journal();
  /** Every socket there ever was, dead ones too. */
  readonly ids: number[] = [];

  constructor(
    host: ReferenceHost,
    profile: ResolvedProfile,
    seed: number,
    sink: EventSink = NULL_SINK,
  ) {
    const addresses = host.addresses.map(({ address }) => address);
    this.stack = createSimulatedStack({ sink, profile, addresses, seed });
    this.reference = new ReferenceModel(host);
  }

  /** The reference has no clock of its own. */
  syncClock(): void {
    this.reference.ledger.now = this.stack.now();
  }

  socket(protocol: Protocol, family: Family, process: number): number {
    const id = this.stack.socket(protocol, family, process);
    this.journal.socket(id, protocol, family, process);
    this.reference.create(id, protocol, family, process);
    this.ids.push(id);
    return id;
  }

  set(id: number, option: SocketOption, value: number): void {
    const expected = this.reference.set(id, option, value);
    this.#note({ op: 'setsockopt', socket: named(id), option, value }, [id], { code: expected });
    this.agree(`setsockopt ${option}`, this.stack.setsockopt(id, option, value), expected);
  }

  get(id: number, option: SocketOption): void {
    const expected = this.reference.get(id, option);
    const expect = expected < 0 ? { code: -expected } : { code: 0, value: expected };
    this.#note({ op: 'getsockopt', socket: named(id), option }, [id], expect);
    this.agree(`getsockopt ${option}`, this.stack.getsockopt(id, option), expected);
  }

  bind(id: number, address: string, port: number): void {
    const answer = this.reference.bind(id, address, port);
    const what = `bind ${address}:${port}`;
    const step = { op: 'bind', socket: named(id), address, port };
    this.#note(step, [id], { code: answer.code });
    this.agree(what, this.stack.bind(id, this.stack.intern(address), port), answer.code);
    this.choose(what, id, answer);
    this.#checkName(id);
  }

  /** A refusal only where no legal port exists; else a legal one. */
  choose(what: string, id: number, { ports, choose }: Answer): void {
    if (ports === undefined) return;
    const port = this.stack.getsockname(id);
    if (ports.has(port)) choose!(port);
    else throw new Error(`${what}: got ${port}, legal are ${[...ports].join(' ')}`);
  }

  listen(id: number, backlog: number): void {
    const expected = this.reference.listen(id, backlog);
    this.#note({ op: 'listen', socket: named(id), backlog }, [id], { code: expected });
    this.agree('listen', this.stack.listen(id, backlog), expected);
  }

  connect(id: number, remote: { address: string; port: number }): void {
    const known = this.reference.sockets.has(id);
    const { code, ports, choose } = this.reference.connect(id, remote.address, remote.port);
    const got = this.stack.connect(id, this.stack.intern(remote.address), remote.port);
    const what = `connect ${remote.address}:${remote.port}`;
    // Which port it was may decide whether the 4-tuple is new.
    const port = ports === undefined ? 0 : this.stack.getsockname(id);
    const isLegal = ports?.has(port) === true;
    const expected = isLegal ? choose!(port) : code;
    const step = { op: 'connect', socket: named(id), remote };
    if (known) this.journal.call(step, [id], { code: expected });
    this.agree(what, got, expected);
    if (ports !== undefined && !isLegal) {
      throw new Error(`${what}: got ${port}, legal are ${[...ports].join(' ')}`);
    }
    this.#checkName(id);
  }

  accept(listener: number): void {
    const known = this.reference.sockets.has(listener);
    const id = this.stack.accept(listener);
    const expected = this.reference.accept(listener, Math.max(id, 0));
    const step = { op: 'accept', socket: named(listener), as: named(id) };
    if (known && id > 0) this.journal.call(step, [listener], { code: expected });
    this.agree('accept', Math.min(id, 0), -expected);
    if (id <= 0) return;
    this.ids.push(id);
    this.#checkName(id);
  }

  close(id: number, how: How): void {
    const way = how === 'remote' ? { by: 'remote' } : how === 'abort' ? { abort: true } : {};
    this.#note({ op: 'close', socket: named(id), ...way }, [id], { code: 0 });
    this.agree('close', this.stack.close(id, how), this.reference.close(id, how));
  }

  release(first: number, count: number): void {
    const live = [...this.reference.sockets.keys()];
    const ids = live.filter((id) => id >= first && id < first + count);
    this.journal.release(ids);
    this.agree('release', this.stack.release(first, count, LONG_NS), count);
    for (const id of ids) this.reference.close(id, 'local');
  }

  exit(process: number): void {
    const sockets = [...this.reference.sockets.values()];
    const own = sockets.filter((socket) => socket.process === process).map(({ id }) => id);
    this.journal.exit(process, own);
    this.agree('exit', this.stack.exit(process), this.reference.exit(process));
  }

  reserve(id: number, start: number, count: number): void {
    const known = this.reference.sockets.has(id);
    const expected = this.reference.reserve(id, { start, count });
    const step = { op: 'reserve', socket: named(id), start, count };
    if (known) this.journal.call(step, [id], { code: Math.max(0, -expected) });
    this.agree(`reserve ${start} ${count}`, this.stack.reserve(id, start, count), expected);
  }

  associate(id: number, holder: number): void {
    const expected = this.reference.associate(id, holder);
    const step = { op: 'associate', socket: named(id), reservation: named(holder) };
    this.#note(step, [id, holder], { code: expected });
    this.agree('associate', this.stack.associate(id, holder), expected);
  }

  associatePersistent(id: number, start: number, count: number): void {
    const expected = this.reference.associatePersistent(id, { start, count });
    const step = { op: 'associate', socket: named(id), block: { start, count } };
    this.#note(step, [id], { code: expected });
    const code = this.stack.associatePersistent(id, start, count);
    this.agree(`associatePersistent ${start} ${count}`, code, expected);
  }

  /** The host loses an address it has, or gets one it lacks. */
  toggleAddress(address: string): void {
    const { ledger } = this.reference;
    if (ledger.addresses.delete(address)) {
      this.#note({ op: 'addressRemove', address }, [], {});
      this.stack.removeAddress(address);
    } else {
      this.#note({ op: 'addressAdd', address, adapter: 'b' }, [], {});
      this.stack.addAddress(address, 'b');
      ledger.addAddress(address, 'b');
    }
  }

  wait(seconds: number): void {
    this.#note({ op: 'wait', seconds }, [], {});
    this.stack.advance(seconds * 1e9);
    this.syncClock();
  }

  /** Everything is closed, and every TIME_WAIT has passed. */
  closeAll(): void {
    const ids = [...this.reference.sockets.keys()];
    this.journal.release(ids);
    this.agree('closeAll', this.stack.closeAll(), ids.length);
    for (const id of ids) this.reference.close(id, 'local');
    this.wait(240);
  }

  agree(what: string, got: number, expected: number): void {
    if (got !== expected) throw new Error(`${what}: ${got}, but by the rules ${expected}`);
  }

  #checkName(id: number): void {
    this.agree('getsockname', this.stack.getsockname(id), this.reference.name(id));
  }

  /** A script can't name sockets that are gone. */
  #note(step: Record<string, unknown>, sockets: readonly number[], expect: object): void {
    if (sockets.every((id) => this.reference.sockets.has(id))) {
      this.journal.call(step, sockets, { ...expect });
    }
  }
}
