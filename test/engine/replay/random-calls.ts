import { Random } from '#engine/allocator/random.ts';
import { MARK, type Mark } from '#engine/event/mark.ts';
import { OP } from '#engine/event/op.ts';
import { SOCKET_OPTION_NAMES, type SocketOption } from '#engine/model/socket-option.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { createSimulatedStack, type SimulatedStack } from '#engine/stack/simulated-stack.ts';
import type { KeptSink } from './kept-events.ts';

const IPV4 = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '0.0.0.0'] as const;
const IPV6 = ['fd00::1', '::'] as const;
const FAR = ['203.0.113.5', '203.0.113.6'] as const;
const PROCESSES = 4;
const ROOM = { start: 50_000, count: 300 } as const;
const NEVER = 1e15;

/** Any calls at all on a modelled host, some of which fail; arms, windows and a canary besides. */
export function makeRandomCalls(
  sink: KeptSink,
  seed: number,
  useAddresses: (table: readonly string[]) => void,
): readonly string[] {
  const profile = resolveProfile({
    addresses: ['10.0.0.1', '10.0.0.2', 'fd00::1'],
    dynamicRanges: { tcp4: ROOM, tcp6: ROOM, udp4: ROOM, udp6: ROOM },
    autoReuseRange: seed % 3 === 0 ? { start: 50_200, count: 40 } : { start: 0, count: 0 },
  });
  const stack = createSimulatedStack({
    sink,
    profile,
    addresses: ['10.0.0.1', '10.0.0.2', 'fd00::1'],
    seed,
  });
  useAddresses(stack.addresses);
  const calls = new RandomCalls(stack, sink, new Random(seed, 5));
  const steps = 200 + new Random(seed).below(1_200);
  for (let step = 0; step < steps; step++) calls.step();
  stack.closeAll();
  return stack.addresses;
}

class RandomCalls {
  readonly #stack: SimulatedStack;
  readonly #sink: KeptSink;
  readonly #random: Random;
  readonly #sockets: number[] = [0];
  readonly #fills: { first: number; count: number }[] = [];
  #arms = 0;

  constructor(stack: SimulatedStack, sink: KeptSink, random: Random) {
    this.#stack = stack;
    this.#sink = sink;
    this.#random = random;
  }

  step(): void {
    const stack = this.#stack;
    const kind = this.#random.below(100);
    if (kind < 40) this.#open();
    else if (kind < 55) stack.close(this.#any(), this.#of(['local', 'remote', 'abort']));
    else if (kind < 63) this.#fill();
    else if (kind < 69) this.#release();
    else if (kind < 77) stack.connect(this.#any(), stack.intern(this.#of(FAR)), 443);
    else if (kind < 80) stack.bind(this.#any(), this.#place(), this.#port());
    else if (kind < 83) stack.getsockname(this.#any());
    else if (kind < 85) stack.setsockopt(this.#any(), this.#of(SOCKET_OPTION_NAMES), 1);
    else if (kind < 87) stack.listen(this.#any(), 5);
    else if (kind < 88) stack.exit(this.#random.below(PROCESSES));
    else if (kind < 90) stack.advance(this.#random.below(200) * 1e9);
    else if (kind < 91) stack.reserve(this.#any(), 0, 1 + this.#random.below(8));
    else if (kind < 95) this.#canary();
    else this.#mark();
  }

  /** A socket bound and named, as applications do it; most of the time that works. */
  #open(): void {
    const stack = this.#stack;
    const place = this.#place();
    const family = stack.addresses[place]!.includes(':') ? 'ipv6' : 'ipv4';
    const socket = stack.socket(this.#of(['tcp', 'tcp', 'udp']), family, this.#process());
    this.#sockets.push(socket);
    if (this.#random.below(2) === 0) stack.setsockopt(socket, 'SO_PORT_SCALABILITY', 1);
    if (stack.bind(socket, place, this.#port()) === 0) stack.getsockname(socket);
  }

  #fill(): void {
    const stack = this.#stack;
    const options: SocketOption[][] = [[], ['SO_PORT_SCALABILITY']];
    const addresses = IPV4.slice(0, 1 + this.#random.below(IPV4.length));
    const { first, bound } = stack.fill({
      protocol: this.#of(['tcp', 'udp']),
      family: 'ipv4',
      addresses: addresses.map((address) => stack.intern(address)),
      from: this.#random.below(4),
      options: this.#of(options),
      count: 1 + this.#random.below(120),
      process: this.#process(),
      budgetNs: NEVER,
    });
    if (bound > 0) this.#fills.push({ first, count: bound });
  }

  #release(): void {
    const fill = this.#fills.pop();
    if (fill !== undefined) this.#stack.release(fill.first, fill.count, NEVER);
  }

  #canary(): void {
    const failed = this.#random.below(3) === 0;
    const code = failed ? WSA.WSAENOBUFS : 0;
    this.#sink.emit(OP.canary, this.#stack.now(), 900, 0, 0, 0, code, this.#random.below(2));
  }

  /** An arm mostly begins with nothing held, as experiments see to; what if not? */
  #mark(): void {
    const mark: Mark = this.#of(Object.values(MARK));
    if (mark === MARK.armBegin) {
      if (this.#random.below(4) > 0) this.#stack.closeAll();
      this.#sink.arm = ++this.#arms;
    }
    this.#sink.emit(OP.mark, this.#stack.now(), 0, 0, 0, 0, 0, mark);
    if (mark === MARK.armEnd) this.#sink.arm = 0;
  }

  #any(): number {
    return this.#of(this.#sockets);
  }

  #place(): number {
    return this.#stack.intern(this.#of([...IPV4, ...IPV4, ...IPV6, '10.9.9.9']));
  }

  /** Mostly any; else one of a few, so that they collide. */
  #port(): number {
    return this.#random.below(4) > 0 ? 0 : 50_100 + this.#random.below(6);
  }

  #process(): number {
    return this.#random.below(PROCESSES);
  }

  #of<T>(list: readonly T[]): T {
    return list[this.#random.below(list.length)]!;
  }
}
