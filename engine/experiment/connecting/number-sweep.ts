import type { AddressId } from '../../stack/socket-stack.ts';
import type { ExperimentContext } from '../experiment.ts';
import type { CommonParameters } from '../parameters.ts';
import { SLICE_NS } from '../safety.ts';
import { openBound } from '../sockets.ts';

/** Binds a slice at most, real sockets: 10,000 a second, as hold and sweep. */
const PACED = 200;
/** Binds at most, in ranges; and the range where it is unknown. */
const LAPS = 3;
const UNKNOWN_RANGE = 32_768;
/** Share of the control numbers that must have come up. */
const ENOUGH = 0.75;

export interface Swept {
  readonly swept: number;
  /** When each number came up first, the stack's clock, ns. */
  readonly metAt: ReadonlyMap<number, number>;
  /** Enough of the control numbers came up, so what lies among them and did not is kept back. */
  readonly wentRound: boolean;
  readonly refused: boolean;
}

/**
 * Wildcard binds, each closed at once, until enough of some numbers that are known to be free have come
 * up. These lie among the numbers in question, so the range needn't be known.
 */
export class NumberSweep {
  readonly #context: ExperimentContext<CommonParameters>;
  readonly #address: AddressId;
  readonly #controls: ReadonlySet<number>;

  constructor(
    context: ExperimentContext<CommonParameters>,
    address: AddressId,
    controls: readonly { readonly port: number }[],
  ) {
    this.#context = context;
    this.#address = address;
    this.#controls = new Set(controls.map(({ port }) => port));
  }

  async run(): Promise<Swept> {
    const { stack, protocol, family, limits, usable, stop, breathe } = this.#context;
    const most = LAPS * (usable ?? UNKNOWN_RANGE);
    const enough = this.#controls.size * ENOUGH;
    const metAt = new Map<number, number>();
    let controls = 0;
    let swept = 0;
    let refused = false;
    const goesOn = (): boolean => controls < enough && swept < most && !refused;
    while (goesOn() && stop.reason === null && stack.now() < limits.maxSeconds * 1e9) {
      const began = stack.now();
      for (let n = 0; n < PACED && goesOn() && stack.now() - began < SLICE_NS; n++) {
        const got = openBound(stack, protocol, family, [], this.#address);
        if (!got.ok) {
          refused = true;
          break;
        }
        swept++;
        if (!metAt.has(got.port)) {
          metAt.set(got.port, stack.now());
          if (this.#controls.has(got.port)) controls++;
        }
        stack.close(got.socket);
      }
      await breathe((SLICE_NS - (stack.now() - began)) / 1e6);
    }
    return { swept, metAt, wentRound: controls >= enough && controls > 0, refused };
  }
}
