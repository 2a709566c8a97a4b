import type { Back } from '../../claim/rules/time-wait-evidence.ts';

interface Awaited {
  readonly port: number;
  /** Clock of the stack, ns. */
  readonly closedAt: number;
  lastTaken: number;
  freeAt: number | null;
}

/** Share of the ports after whose return the rest need not be waited for. */
const ENOUGH = 0.75;

/** Ports that were taken when their socket had closed, until each is seen to be free. */
export class AwaitedPorts {
  readonly #ports: Awaited[] = [];

  /** @param seen clock at which it was seen to be taken, ns */
  add(port: number, closedAt: number, seen: number): void {
    this.#ports.push({ port, closedAt, lastTaken: seen, freeAt: null });
  }

  /** Forgets them all: too few to be more than others that took a port by chance. */
  forget(): void {
    this.#ports.length = 0;
  }

  /** Those not seen free yet. */
  get taken(): readonly number[] {
    return this.#ports.filter(({ freeAt }) => freeAt === null).map(({ port }) => port);
  }

  /** Most are free: others may hold the rest by now. */
  get enough(): boolean {
    return this.#ports.length - this.taken.length >= this.#ports.length * ENOUGH;
  }

  saw(port: number, free: boolean, at: number): void {
    const one = this.#ports.find((entry) => entry.port === port && entry.freeAt === null);
    if (one === undefined) return;
    if (free) one.freeAt = at;
    else one.lastTaken = at;
  }

  /** The port in the middle: others that take or cut short a few don't move it. */
  get back(): Back | null {
    const order = this.#ports.toSorted(
      (a, b) => (a.freeAt ?? Infinity) - (b.freeAt ?? Infinity) || a.lastTaken - b.lastTaken,
    );
    const middle = order[Math.floor(order.length / 2)];
    if (middle === undefined) return null;
    const after = (at: number): number => (at - middle.closedAt) / 1e9;
    return {
      takenAt: after(middle.lastTaken),
      freeAt: middle.freeAt === null ? null : after(middle.freeAt),
      ports: order.length,
    };
  }
}
