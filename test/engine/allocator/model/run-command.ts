import { SOCKET_OPTION_NAMES } from '#engine/model/socket-option.ts';
import { familyOf, isWildcard, type ReferenceHost } from '../reference/host.ts';
import type { ReferenceSocket } from '../reference/sockets.ts';
import type { Command, Remote } from './commands.ts';
import { fillBoth } from './paired-fill.ts';
import type { PairedStack } from './paired-stack.ts';

type Of<Do extends Command['do']> = Extract<Command, { do: Do }>;

/** Makes commands into calls: which socket a `pick` is, which process a number. */
export class CommandRunner {
  readonly #pair: PairedStack;
  readonly #host: ReferenceHost;
  /** A process that has ended gives its place to a new one. */
  readonly #processes = [0, 1, 2];

  constructor(pair: PairedStack, host: ReferenceHost) {
    this.#pair = pair;
    this.#host = host;
  }

  run(command: Command): void {
    const pair = this.#pair;
    pair.syncClock();
    switch (command.do) {
      case 'socket':
        pair.socket(command.protocol, command.family, this.#processes[command.process]!);
        break;
      case 'set':
        pair.set(this.#pick(command.pick), command.option, command.value);
        break;
      case 'get':
        pair.get(this.#pick(command.pick), command.option);
        break;
      case 'options':
        this.#options(command);
        break;
      case 'bind':
        pair.bind(this.#pick(command.pick), command.target, command.port);
        break;
      case 'listener':
        this.#listener(command);
        break;
      case 'dual':
        this.#dual(command);
        break;
      case 'listen':
        pair.listen(this.#pick(command.pick), command.backlog);
        break;
      case 'connect':
        pair.connect(this.#pick(command.pick), this.#remote(command.remote));
        break;
      case 'dial':
        this.#dial(command);
        break;
      case 'twins':
        for (const options of [['SO_REUSEADDR'], ['SO_REUSEADDR']] as const) {
          this.#dial({ ...command, do: 'dial', options: [...options], process: 0 });
        }
        break;
      case 'accept':
        pair.accept(this.#pick(command.pick, (socket) => socket.listening));
        break;
      case 'close':
        pair.close(this.#pick(command.pick), command.how);
        break;
      case 'fill':
        fillBoth(pair, { ...command, process: this.#processes[command.process]! });
        break;
      case 'release':
        pair.release(this.#pick(command.pick), command.count);
        break;
      case 'wait':
        pair.wait(command.seconds);
        break;
      case 'exit':
        this.#exit(command.process);
        break;
      case 'reserve':
        pair.reserve(this.#pick(command.pick), command.start, command.count);
        break;
      case 'associate':
        pair.associate(this.#pick(command.pick), this.#pick(command.holder));
        break;
      case 'block':
        this.#block(command);
        break;
      case 'member':
        this.#member(command);
        break;
      case 'persistent':
        this.#persistent(this.#pick(command.pick), command.exclusion);
        break;
      case 'persistentMember':
        this.#persistentMember(command);
        break;
      case 'address':
        pair.toggleAddress(command.address);
        break;
    }
  }

  /** Among the live ones that fit; one in thirteen among all there ever were. 0 is no socket. */
  #pick(pick: number, fits: (socket: ReferenceSocket) => boolean = () => true): number {
    const live = [...this.#pair.reference.sockets.values()].filter(fits).map(({ id }) => id);
    const ids = pick % 13 === 12 || live.length === 0 ? this.#pair.ids : live;
    return ids[pick % Math.max(1, ids.length)] ?? 0;
  }

  #remote(remote: Remote): { address: string; port: number } {
    if ('far' in remote) return { address: remote.far, port: remote.port };
    const id = this.#pick(remote.listener, (socket) => socket.listening);
    const bound = this.#pair.reference.sockets.get(id)?.bound ?? null;
    if (bound === null) return { address: remote.at, port: 443 };
    return { address: isWildcard(bound.address) ? remote.at : bound.address, port: bound.port };
  }

  #options({ protocol, family, sets }: Of<'options'>): void {
    const id = this.#pair.socket(protocol, family, 0);
    for (const { option, value } of sets) this.#pair.set(id, option, value);
    for (const option of SOCKET_OPTION_NAMES) this.#pair.get(id, option);
  }

  #listener({ options, target, port, backlog }: Of<'listener'>): void {
    const id = this.#pair.socket('tcp', familyOf(target), 0);
    for (const option of options) this.#pair.set(id, option, 1);
    this.#pair.bind(id, target, port);
    this.#pair.listen(id, backlog);
  }

  #dual({ protocol, options, port, backlog }: Of<'dual'>): void {
    const id = this.#pair.socket(protocol, 'ipv6', 0);
    this.#pair.set(id, 'IPV6_V6ONLY', 0);
    for (const option of options) this.#pair.set(id, option, 1);
    this.#pair.bind(id, '::', port);
    if (backlog > 0) this.#pair.listen(id, backlog);
  }

  #dial({ options, local, port, process, ...command }: Of<'dial'>): void {
    const remote = this.#remote(command.remote);
    const id = this.#pair.socket('tcp', familyOf(remote.address), this.#processes[process]!);
    for (const option of options) this.#pair.set(id, option, 1);
    if (local !== '') this.#pair.bind(id, local, port);
    this.#pair.connect(id, remote);
  }

  #exit(place: number): void {
    this.#pair.exit(this.#processes[place]!);
    if (place > 0) this.#processes[place] = Math.max(...this.#processes) + 1;
  }

  #block({ start, count, targets, process }: Of<'block'>): void {
    const owner = this.#processes[process]!;
    const holder = this.#pair.socket('tcp', 'ipv4', owner);
    this.#pair.reserve(holder, start, count);
    for (const target of targets) {
      const id = this.#pair.socket('tcp', 'ipv4', owner);
      this.#pair.associate(id, holder);
      this.#pair.bind(id, target, 0);
    }
  }

  #member({ pick, target, port }: Of<'member'>): void {
    const sockets = [...this.#pair.reference.sockets.values()];
    const holders = sockets.filter(({ block }) => block !== null);
    const holder = holders[pick % Math.max(1, holders.length)];
    if (!holder?.block) return;
    const id = this.#pair.socket(holder.protocol, holder.family, holder.process);
    this.#pair.associate(id, holder.id);
    const { start, count } = holder.block;
    this.#pair.bind(id, target, port === 0 ? 0 : start + (port % (count + 1)));
  }

  #persistent(id: number, exclusion: number): void {
    const { start, count } = this.#host.exclusions[exclusion] ?? { start: 50_000, count: 3 };
    this.#pair.associatePersistent(id, start, count);
  }

  #persistentMember({ exclusion, target, port }: Of<'persistentMember'>): void {
    const range = this.#host.exclusions[exclusion];
    if (range === undefined) return;
    const id = this.#pair.socket(range.protocol, range.family, 0);
    this.#persistent(id, exclusion);
    this.#pair.bind(id, target, port);
  }
}
