import { LabError } from '#engine/model/lab-error.ts';
import type { SocketStack } from '#engine/stack/socket-stack.ts';
import { Ballast } from './ballast.ts';
import { Canary, type Look, noPorts } from './canary.ts';
import { type Duty, GuardDuty } from './guard-duty.ts';
import { type FromGuard, type GuardStart, type ToGuard, toGuardSchema } from './guard-protocol.ts';

/** The canary looks this often, ms. */
const LOOK_MS = 100;
const TICK_MS = 100;

/** What the guard's process can do. */
export interface GuardWorld {
  /** @param sent called when it is on its way */
  send(message: FromGuard, sent?: () => void): void;
  openStack(): SocketStack;
  /** Ends a process at once; one that is gone already is fine. */
  kill(pid: number): void;
  /** Ends this process: the system closes its sockets. */
  exit(): void;
}

/** The guard at work. */
export class GuardServer {
  readonly #world: GuardWorld;
  readonly #duty = new GuardDuty(performance.now());
  #probes: readonly number[] = [];
  #lab = 0;
  #ballast: Ballast | null = null;
  #timer: NodeJS.Timeout | undefined;
  /** Windows that are to open after a look that begins from now on. */
  #opening: number[] = [];
  /** Ends the rest between two looks. */
  #wake: () => void = () => {};

  constructor(world: GuardWorld) {
    this.#world = world;
  }

  /** @throws where the message is none of the protocol's: then this guard is of no use */
  receive(given: unknown): void {
    this.#duty.heard();
    const message: ToGuard = toGuardSchema.parse(given);
    switch (message.kind) {
      case 'start':
        void this.#start(message);
        break;
      case 'watch':
        this.#probes = message.pids;
        break;
      case 'beat':
        break;
      case 'window':
        if (message.open) {
          this.#opening.push(message.id);
          this.#wake();
        } else this.#setWindow(message.id, false);
        break;
      case 'dropBallast':
        this.#ballast?.drop();
        break;
      case 'end':
        this.#world.exit();
        break;
    }
  }

  /** The channel to the lab has closed. */
  labGone(): void {
    this.#do(this.#duty.labGone());
  }

  async #start(start: GuardStart): Promise<void> {
    const { protocol, family, address, ballast, ballastAddress, lab } = start;
    this.#lab = lab;
    try {
      const stack = this.#world.openStack();
      const canary = new Canary(stack, protocol, family, address);
      this.#ballast = new Ballast(stack);
      this.#ballast.take(ballast, protocol, family, ballastAddress);
      const { bind, connect } = await canary.look();
      if (bind !== 0) throw noPorts('for a plain bind', bind);
      if (connect !== 0) throw noPorts('for a plain connect', connect);
      this.#world.send({ kind: 'ready', ballast, port: canary.port });
      this.#timer = setInterval(() => this.#do(this.#duty.tick(performance.now())), TICK_MS);
      void this.#watch(canary);
    } catch (error) {
      const { kind, message, hint } = LabError.from(error);
      this.#world.send({ kind: 'failed', error: { kind, message, hint } }, () =>
        this.#world.exit(),
      );
    }
  }

  /** One look after the other, as long as this process lives. */
  async #watch(canary: Canary): Promise<void> {
    for (;;) {
      // The lab takes nothing before its window opens: what this look finds is not its doing.
      const opening = this.#opening.splice(0);
      const began = performance.now();
      const at = process.hrtime.bigint();
      const look = await canary.look();
      this.#judge(look, began, at);
      for (const id of opening) this.#setWindow(id, true);
      const rest = Math.max(0, LOOK_MS - (performance.now() - began));
      await this.#rest(this.#opening.length > 0 ? 0 : rest);
    }
  }

  async #rest(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #setWindow(id: number, open: boolean): void {
    this.#duty.setWindow(open, performance.now());
    this.#world.send({ kind: 'windowSet', id });
  }

  #judge(look: Look, began: number, at: bigint): void {
    const now = performance.now();
    const meant = this.#duty.isMeant(began);
    const attempt = { ...look, at, durationNs: Math.round((now - began) * 1e6) };
    this.#world.send({ kind: 'canary', ...attempt, meant });
    if (meant || (look.bind === 0 && look.connect === 0)) return;
    const duty = this.#duty.starved(now);
    this.#do(duty);
    if (duty.do === 'warn') this.#world.send({ kind: 'starved', ...attempt });
  }

  #do(duty: Duty): void {
    if (duty.do === 'nothing') return;
    // First of all: the host has some ports at once.
    this.#ballast?.drop();
    if (duty.do === 'warn') return;
    clearInterval(this.#timer);
    for (const pid of this.#probes) this.#world.kill(pid);
    if (duty.killLab) this.#world.kill(this.#lab);
    this.#world.exit();
  }
}
