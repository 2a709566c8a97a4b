import fc from 'fast-check';
import { MARK } from '#engine/event/mark.ts';
import { OP } from '#engine/event/op.ts';

/** One event row, plainly. */
export interface Row {
  readonly op: number;
  readonly t: number;
  readonly dur: number;
  readonly socket: number;
  readonly address: number;
  readonly port: number;
  readonly code: number;
  readonly value: number;
  readonly arm: number;
}

const WHAT = ['bind', 'fill', 'close', 'release', 'fail', 'arm', 'peak', 'phase', 'end'] as const;

/** What happens next; a mark has no use for the address, the port and the count. */
interface Step {
  readonly what: (typeof WHAT)[number];
  readonly address: number;
  readonly port: number;
  readonly count: number;
  /** ns between the call before and this one, and how long this one takes. */
  readonly gap: number;
  readonly dur: number;
}

/** From below a bucket's first width to many times a chart's whole span. */
const duration = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 30_000 }),
  fc.integer({ min: 1, max: 20_000_000 }),
);

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.oneof(
    { weight: 6, arbitrary: fc.constant('bind' as const) },
    { weight: 3, arbitrary: fc.constant('fill' as const) },
    { weight: 6, arbitrary: fc.constantFrom(...WHAT) },
  ),
  address: fc.integer({ min: 1, max: 4 }),
  port: fc.integer({ min: 5_000, max: 5_040 }),
  count: fc.integer({ min: 1, max: 40 }),
  gap: duration,
  dur: duration,
});

/** Rows as a stack reports them: one call after the other, in arms that release what they hold. */
export function randomRows(): fc.Arbitrary<Row[]> {
  return fc.array(step, { minLength: 1, maxLength: 120 }).map((steps) => {
    const run = new Run();
    run.beginArm();
    for (const one of steps) run.take(one);
    return run.rows;
  });
}

class Run {
  readonly rows: Row[] = [];
  /** `address port` of what is held. */
  readonly #held = new Set<string>();
  #t = 0;
  #socket = 0;
  #arm = 0;
  #inArm = false;

  take(step: Step): void {
    this.#t += step.gap;
    const { what } = step;
    if (what === 'arm') this.beginArm();
    else if (!this.#inArm) return;
    else if (what === 'end') this.#endArm();
    else if (what === 'peak') this.#mark(MARK.armPeak);
    else if (what === 'phase') this.#mark(MARK.phase);
    else this.#call(step);
  }

  beginArm(): void {
    if (this.#inArm) this.#endArm();
    this.#arm++;
    this.#inArm = true;
    this.#mark(MARK.armBegin);
  }

  #endArm(): void {
    for (const key of this.#held) {
      const [address = 0, port = 0] = key.split(' ').map(Number);
      this.#put({ op: OP.close, socket: ++this.#socket, address, port });
    }
    this.#held.clear();
    this.#mark(MARK.armEnd);
    this.#inArm = false;
  }

  #call({ what, address, port, count, dur }: Step): void {
    const call = { dur, socket: ++this.#socket, address };
    if (what === 'fail') this.#put({ ...call, op: OP.bind, code: 10_055 });
    else if (what === 'close') this.#put({ ...call, op: OP.close, port });
    else if (what === 'release') this.#put({ ...call, op: OP.release, port, value: count });
    else if (what === 'fill') this.#put({ ...call, op: OP.fill, port, value: count });
    else {
      this.#put({ ...call, op: OP.bind });
      this.#t += dur;
      this.#put({ ...call, op: OP.getsockname, port });
    }
    const ports = what === 'fill' || what === 'release' ? count : 1;
    for (let number = port; number < port + ports; number++) {
      if (what === 'bind' || what === 'fill') this.#held.add(`${address} ${number}`);
      else if (what !== 'fail') this.#held.delete(`${address} ${number}`);
    }
    this.#t += dur;
  }

  #mark(value: number): void {
    this.#put({ op: OP.mark, value });
  }

  #put(part: Partial<Row>): void {
    const nothing = { op: 0, dur: 0, socket: 0, address: 0, port: 0, code: 0, value: 0 };
    this.rows.push({ ...nothing, t: this.#t, arm: this.#arm, ...part });
  }
}
