import type { OwnPool } from '../../claim/rules/capacity-evidence.ts';
import { OP, type Op } from '../../event/op.ts';
import { DEFAULT_DYNAMIC_RANGE, lastPort, type PortRange } from '../../model/port-range.ts';
import { thousands } from '../../model/words.ts';
import { WSA } from '../../model/winsock-error.ts';
import type { Arm } from '../../run/run-document.ts';
import type { AddressId, SocketId } from '../../stack/socket-stack.ts';
import { armReport } from '../arm-report.ts';
import { closeAll, fewestOf, hold, type ArmPlace, type DoneArm } from './capacity-arm.ts';
import type { ExperimentContext } from '../experiment.ts';
import type { CommonParameters } from '../parameters.ts';
import { SLICE_NS, roomLeft } from '../safety.ts';
import { firstError } from '../sockets.ts';

/** Numbers of a block: no document says how large one may be, so small ones, and many. */
const BLOCK = 64;

/**
 * The arm with a pool of the application's own: blocks that SIO_ACQUIRE_PORT_RESERVATION gives, each
 * number bound on every address; where the system has no reservations, the numbers of the range one
 * after the other, by name, on every address.
 * @param numbers which to try by name
 */
export async function poolArm(
  context: ExperimentContext<CommonParameters>,
  place: ArmPlace,
  numbers: PortRange = DEFAULT_DYNAMIC_RANGE,
): Promise<DoneArm & { readonly pool: OwnPool }> {
  const index = context.stage.beginArm('port-pool');
  const arm = new PoolFiller(context, place);
  const first = arm.block(BLOCK);
  const reserveCode = first < 0 ? -first : 0;
  const way = reserveCode === WSA.WSAEOPNOTSUPP ? 'explicit' : 'reservation';
  if (way === 'explicit') await arm.byName(numbers);
  else await arm.byBlocks();
  context.stage.peak();
  const { ended, error } = arm;
  const report = armReport(context, { index, strategy: 'port-pool', ended, firstError: error });
  await hold(context, place);
  await closeAll(context, arm.sockets);
  context.stage.endArm();
  return {
    arm: report,
    seen: {
      strategy: 'port-pool',
      shortage: null,
      bindCode: error?.call === 'bind' ? error.code : null,
      connectCode: null,
      optionCode: null,
      fewest: fewestOf(report),
    },
    pool: { way, reserveCode, acrossAddresses: arm.acrossAddresses },
  };
}

class PoolFiller {
  /** Bound ones and those the blocks hang on. */
  readonly sockets: SocketId[] = [];
  ended: Arm['ended'] = 'exhausted';
  error: Arm['firstError'] = null;
  acrossAddresses: boolean | null = null;
  readonly #context: ExperimentContext<CommonParameters>;
  readonly #place: ArmPlace;
  /** Of the last bind; 0 where it went well. */
  #lastCode = 0;
  #block: { readonly holder: SocketId; readonly count: number } | null = null;

  constructor(context: ExperimentContext<CommonParameters>, place: ArmPlace) {
    this.#context = context;
    this.#place = place;
  }

  /** Reserves a block, to be bound next. @returns its first number, or a negated error */
  block(count: number): number {
    const { stack, protocol, family } = this.#context;
    const room = this.#room();
    if (room === 0) return 0;
    const holder = stack.socket(protocol, family);
    if (holder < 0) return holder;
    const size = Math.min(count, room);
    const first = stack.reserve(holder, 0, size);
    if (first < 0) stack.close(holder);
    else {
      this.sockets.push(holder);
      this.#block = { holder, count: size };
    }
    return first;
  }

  /** Binds all of the block that is reserved, and reserves the next, until no smaller one is left either. */
  async byBlocks(): Promise<void> {
    let size = BLOCK;
    while (this.#goesOn()) {
      if (this.#block === null) {
        const got = this.block(size);
        if (got > 0) continue;
        if (got === 0) this.ended = 'max-sockets';
        else this.#refused(OP.reserve, -got);
        if (got === 0 || size === 1) return;
        size >>>= 1;
        continue;
      }
      const { holder, count } = this.#block;
      this.#block = null;
      for (const [at, address] of this.#context.addressIds.entries()) {
        const bound = await this.#bindBlock(holder, count, address);
        if (at === 1) this.#sawSecond(bound, count);
        if (bound < count) break;
      }
      this.#tell();
    }
  }

  /** Numbers of the first block on the second address: all of them, or none at all. */
  #sawSecond(bound: number, count: number): void {
    if (this.acrossAddresses !== null) return;
    if (bound === count) this.acrossAddresses = true;
    else if (bound === 0 && this.#lastCode !== 0) this.acrossAddresses = false;
  }

  async #bindBlock(holder: SocketId, count: number, address: AddressId): Promise<number> {
    const { stack } = this.#context;
    let sliceEnds = stack.now() + SLICE_NS;
    for (let n = 0; n < count; n++) {
      if (!this.#goesOn()) return n;
      if (this.#bind(address, 0, holder) !== 0) return n;
      if (stack.now() < sliceEnds) continue;
      await this.#context.breathe();
      sliceEnds = stack.now() + SLICE_NS;
    }
    return count;
  }

  /** Binds each number on each address, past those somebody has or that are excluded. */
  async byName(numbers: PortRange): Promise<void> {
    const { stack, addressIds } = this.#context;
    let sliceEnds = stack.now() + SLICE_NS;
    for (let port = numbers.start; port <= lastPort(numbers); port++) {
      for (const [at, address] of addressIds.entries()) {
        if (!this.#goesOn()) return;
        const code = this.#bind(address, port, 0);
        if (code === 0 && at > 0) this.acrossAddresses = true;
        if (code === 0 || code === WSA.WSAEADDRINUSE || code === WSA.WSAEACCES) continue;
        this.ended = 'error';
        return;
      }
      if (stack.now() < sliceEnds) continue;
      this.#tell();
      await this.#context.breathe();
      sliceEnds = stack.now() + SLICE_NS;
    }
  }

  /** @param holder of a block, or 0. @returns 0, or the error */
  #bind(address: AddressId, port: number, holder: SocketId): number {
    const { stack, protocol, family } = this.#context;
    const socket = stack.socket(protocol, family);
    if (socket < 0) return this.#refused(OP.socket, -socket);
    const associated = holder === 0 ? 0 : stack.associate(socket, holder);
    const code = associated === 0 ? stack.bind(socket, address, port) : associated;
    if (code !== 0) {
      stack.close(socket);
      return this.#refused(associated === 0 ? OP.bind : OP.associate, code);
    }
    stack.getsockname(socket);
    this.sockets.push(socket);
    this.#lastCode = 0;
    return 0;
  }

  #refused(op: Op, code: number): number {
    this.error ??= firstError(op, code);
    this.#lastCode = code;
    return code;
  }

  /** Sets how the arm ended where it may not go on. */
  #goesOn(): boolean {
    const { limits, holdings, stack, stop } = this.#context;
    if (stop.reason !== null) {
      this.ended = 'cancelled';
      return false;
    }
    const room = roomLeft(limits, this.sockets.length, holdings.union, stack.now());
    if ('limit' in room) this.ended = room.limit;
    return !('limit' in room);
  }

  #room(): number {
    const { limits, holdings, stack } = this.#context;
    const room = roomLeft(limits, this.sockets.length + 1, holdings.union, stack.now());
    return 'limit' in room ? 0 : room.sockets;
  }

  #tell(): void {
    const { holdings, limits, usable, addresses, stage } = this.#context;
    const all = Math.min(limits.maxSockets, (usable ?? limits.maxSockets) * addresses);
    const share = Math.min(1, holdings.held / all);
    stage.progress(
      (this.#place.before + share) / this.#place.of,
      `port-pool: ${thousands(holdings.held)} bound`,
    );
  }
}
