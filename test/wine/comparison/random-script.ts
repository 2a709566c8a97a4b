import type { PortRange } from '#engine/model/port-range.ts';
import type { Family, Protocol } from '#engine/model/protocol.ts';
import { SOCKET_OPTION_NAMES } from '#engine/model/socket-option.ts';
import type { Dice } from './dice.ts';
import { OPENINGS } from './openings.ts';
import { FOREIGN, type Held, type RawStep, ScriptWriter } from './script-writer.ts';

/** Local addresses of both hosts. */
export const ADDRESSES = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5'] as const;
const [FIRST] = ADDRESSES;
/** Explicit binds take two of them, so that they meet. */
const CLOSE_TOGETHER = ADDRESSES.slice(0, 2);
const ANY = '0.0.0.0';
const STEPS = { least: 30, most: 80 };
const MODES = [null, null, 'SO_REUSEADDR', 'SO_REUSEADDR', 'SO_EXCLUSIVEADDRUSE'] as const;

/**
 * A random scenario script that two hosts can be compared by. What it leaves out, and why, is listed
 * in ./README.md. The same dice give the same script.
 * @param opening which of the openings comes first
 */
export function randomScript(dice: Dice, range: PortRange, opening: number): readonly RawStep[] {
  const writer = new ScriptWriter(range);
  OPENINGS[opening % OPENINGS.length]?.(writer);
  const acts = new Acts(dice, writer);
  const count = dice.between(STEPS.least, STEPS.most);
  while (writer.steps.length < count) acts.any();
  return writer.steps;
}

/** What may happen next. An act that can't be taken now writes nothing. */
class Acts {
  readonly #dice: Dice;
  readonly #writer: ScriptWriter;
  readonly #weighted: readonly (readonly [weight: number, act: () => void])[] = [
    [6, () => this.#socket()],
    [4, () => this.#setOption()],
    [2, () => this.#getOption()],
    [12, () => this.#bindExplicit()],
    [5, () => this.#bindWildcardPort()],
    [2, () => this.#bindWrongly()],
    [1, () => this.#bindAgain()],
    [5, () => this.#fill()],
    [3, () => this.#listen()],
    [6, () => this.#connect()],
    [4, () => this.#connectToScript()],
    [2, () => this.#sameTuple()],
    [1, () => this.#getName()],
    [1, () => this.#reserve()],
    [5, () => this.#close()],
    [1, () => this.#closeFill()],
  ];

  constructor(dice: Dice, writer: ScriptWriter) {
    this.#dice = dice;
    this.#writer = writer;
  }

  any(): void {
    this.#dice.weighted(this.#weighted)();
  }

  /** An open socket that will do, or undefined. */
  #one(will: (held: Held) => boolean): Held | undefined {
    return this.#dice.of(this.#writer.held.filter(will));
  }

  #protocol(): Protocol {
    return this.#dice.chance(0.7) ? 'tcp' : 'udp';
  }

  #family(): Family {
    return this.#dice.chance(0.85) ? 'ipv4' : 'ipv6';
  }

  #socket(): Held {
    return this.#writer.socket(this.#protocol(), this.#family());
  }

  /** A socket to bind: one that is there, or a new one in one of the three modes. */
  #unbound(): Held {
    const found = this.#dice.chance(0.5) ? this.#one(({ bound }) => bound === 'no') : undefined;
    if (found !== undefined) return found;
    const held = this.#socket();
    const mode = this.#dice.of(MODES);
    if (mode !== null && mode !== undefined) this.#writer.set(held, mode, 1);
    return held;
  }

  #addressFor({ family }: Held): string {
    if (family === 'ipv6') return this.#dice.of(['::1', '::']) ?? '::';
    return this.#dice.chance(0.4) ? ANY : (this.#dice.of(CLOSE_TOGETHER) ?? FIRST);
  }

  #setOption(): void {
    const held = this.#one(() => true);
    const option = this.#dice.of(SOCKET_OPTION_NAMES);
    if (held === undefined || option === undefined) return;
    const late = held.bound !== 'no';
    if (option === 'IPV6_V6ONLY' && (held.family === 'ipv4' || late)) return;
    if (option === 'SO_REUSEADDR' && held.protocol === 'udp' && late) return;
    this.#writer.set(held, option, this.#dice.of([0, 1, 1, 7]) ?? 1);
  }

  #getOption(): void {
    const held = this.#one(() => true);
    const option = this.#dice.of(SOCKET_OPTION_NAMES);
    if (held === undefined || (option === 'IPV6_V6ONLY' && held.family === 'ipv4')) return;
    this.#writer.say({ op: 'getsockopt', socket: held.name, option });
  }

  /** Names one of few ports; of the range only while nobody has picked one there. */
  #bindExplicit(): void {
    const held = this.#unbound();
    if (held.dual) return;
    const { picked, ownPorts, range, unnamed } = this.#writer;
    const free = !this.#writer.poolsOf(held).some((pool) => picked.has(pool));
    const ends = [range.start, range.start + range.count - 1];
    const port = this.#dice.of(free ? [...ownPorts, ...ends] : ownPorts) ?? range.start;
    if (unnamed.has(this.#writer.portKey(held, port))) return;
    this.#writer.bind(held, this.#addressFor(held), port);
  }

  #bindWildcardPort(): void {
    const held = this.#unbound();
    if (held.protocol === 'udp' && held.shares) return;
    this.#writer.bind(held, held.dual ? '::' : this.#addressFor(held), 0);
  }

  /** To an address of the other family, or one the host lacks. */
  #bindWrongly(): void {
    const held = this.#socket();
    const other = held.family === 'ipv4' ? '::1' : FIRST;
    const foreign = held.protocol === 'tcp' && this.#dice.chance(0.5);
    const port = foreign ? 0 : this.#dice.of([0, ...this.#writer.ownPorts]);
    const address = foreign ? FOREIGN : other;
    this.#writer.say({ op: 'bind', socket: held.name, address, port });
  }

  #bindAgain(): void {
    const held = this.#one(({ bound }) => bound !== 'no');
    if (held !== undefined) this.#writer.bind(held, this.#addressFor(held), 0);
  }

  #fill(): void {
    const [protocol, family] = [this.#protocol(), this.#family()];
    const options = this.#dice.some([
      'SO_PORT_SCALABILITY',
      'SO_REUSE_UNICASTPORT',
      'SO_RANDOMIZE_PORT',
      protocol === 'udp' || this.#dice.chance(0.5) ? 'SO_EXCLUSIVEADDRUSE' : 'SO_REUSEADDR',
    ] as const);
    const { count } = this.#writer.range;
    const v4 = this.#dice.chance(0.25) ? ANY : (this.#dice.of(ADDRESSES) ?? FIRST);
    const address = family === 'ipv4' ? v4 : (this.#dice.of(['::1', '::']) ?? '::');
    // What the wildcard address can still get depends on how many numbers the others share.
    const few = address === ANY && protocol === 'tcp' && this.#writer.specific.size > 1;
    const asked = this.#dice.of(few ? [1, 3] : [1, 3, count >> 1, count, count + 9]) ?? 1;
    this.#writer.fill(protocol, family, address, options, asked);
  }

  #closeFill(): void {
    const name = this.#dice.of(this.#writer.fills);
    if (name !== undefined) this.#writer.closeFill(name);
  }

  /** On a port that was named once, and is not named again. */
  #listen(): void {
    const { namings, unnamed } = this.#writer;
    const held = this.#one((one) => {
      const key = this.#writer.portKey(one);
      const alone = namings.get(key) === 1 && !unnamed.has(key);
      return one.protocol === 'tcp' && !one.dual && one.connected === 'no' && alone;
    });
    if (held?.bound === 'explicit') this.#writer.listen(held);
  }

  #connect(): void {
    const held = this.#one((one) => {
      if (one.dual || one.connected === 'script') return false;
      if (one.protocol === 'udp' && one.shares) return false;
      return one.bound !== 'explicit' || !this.#writer.spent.has(one.port);
    });
    if (held !== undefined) this.#writer.connect(held);
  }

  /** To a listening socket of the script's own, which accepts. */
  #connectToScript(): void {
    const listener = this.#one(({ listens, address }) => {
      return listens && address !== ANY && address !== '::';
    });
    if (listener === undefined) return;
    const { family } = listener;
    const from = family === 'ipv4' ? (this.#dice.of(ADDRESSES) ?? FIRST) : '::1';
    const name = this.#writer.connectHere(this.#writer.socket('tcp', family), from, listener);
    if (this.#dice.chance(0.5)) this.#writer.say({ op: 'close', socket: name });
  }

  /** Two sockets that share a port, and connect to the same and to another remote endpoint. */
  #sameTuple(): void {
    const port = this.#writer.portForOne();
    const address = this.#dice.of(ADDRESSES);
    if (port === undefined || address === undefined) return;
    const pair = [this.#writer.socket('tcp', 'ipv4'), this.#writer.socket('tcp', 'ipv4')] as const;
    for (const held of pair) {
      this.#writer.set(held, 'SO_REUSEADDR', 1);
      this.#writer.bind(held, address, port);
      this.#writer.connect(held);
    }
    this.#writer.connect(pair[1], '127.0.0.10');
  }

  #getName(): void {
    const held = this.#one(() => true);
    if (held !== undefined) this.#writer.say({ op: 'getsockname', socket: held.name });
  }

  #reserve(): void {
    const held = this.#one(({ bound }) => bound === 'no') ?? this.#socket();
    const name = this.#writer.name('r');
    const start = this.#dice.of([0, 30_000]);
    this.#writer.say({ op: 'reserve', socket: held.name, as: name, start, count: 8 });
    const other = this.#writer.socket(held.protocol, held.family);
    this.#writer.say({ op: 'associate', socket: other.name, reservation: name });
  }

  #close(): void {
    const held = this.#one(({ listens }) => !listens);
    if (held === undefined) return;
    const ways = ['local', ...(held.connected === 'own' ? ['remote'] : []), 'abort'] as const;
    this.#writer.close(held, (this.#dice.of(ways) ?? 'local') as 'local' | 'remote' | 'abort');
  }
}
