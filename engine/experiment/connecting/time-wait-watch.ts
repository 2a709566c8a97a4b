import type {
  GivenUp,
  NumbersMet,
  TimeWaitEvidence,
} from '../../claim/rules/time-wait-evidence.ts';
import type { Tries } from '../../claim/rules/connect-reuse-evidence.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import { AwaitedPorts } from './awaited-ports.ts';
import { canBind } from './connect-probes.ts';
import type { ExperimentContext } from '../experiment.ts';
import { connectAgain, type GivenUpPort, type GivenUpPorts } from './given-up-ports.ts';
import type { Listener } from '../listener.ts';
import type { CommonParameters } from '../parameters.ts';
import { NumberSweep } from './number-sweep.ts';

/** A sweep goes over the whole range: not more often than this, seconds. */
const SWEEP_EVERY = 8;

/** Fewer than half were free. */
function mostlyTaken({ tried, succeeded }: Tries): boolean {
  return succeeded < tried / 2;
}

/** Looks at ports that were given up, without holding any of them. */
export class TimeWaitWatch {
  readonly #context: ExperimentContext<CommonParameters>;
  readonly #address: AddressId;
  readonly #listener: Listener;
  readonly #ports: GivenUpPorts['ports'];
  readonly #sweep: NumberSweep;
  readonly #byName = new AwaitedPorts();
  readonly #byWildcard = new AwaitedPorts();
  readonly #again = new AwaitedPorts();
  #sweptAt = 0;

  constructor(
    context: ExperimentContext<CommonParameters>,
    address: AddressId,
    listener: Listener,
    ports: GivenUpPorts['ports'],
  ) {
    this.#context = context;
    this.#address = address;
    this.#listener = listener;
    this.#ports = ports;
    this.#sweep = new NumberSweep(context, address, ports['closedThere.wildcard']);
  }

  /** Ports not seen free yet. */
  get taken(): number {
    return this.#all.reduce((sum, one) => sum + one.taken.length, 0);
  }

  /** Most of those waited for have come back. */
  get done(): boolean {
    return this.#all.every((one) => one.enough);
  }

  get back(): TimeWaitEvidence['back'] {
    return {
      explicit: this.#byName.back,
      wildcard: this.#byWildcard.back,
      again: this.#again.back,
    };
  }

  get #all(): readonly AwaitedPorts[] {
    return [this.#byName, this.#byWildcard, this.#again];
  }

  /** The first look, right after the close. */
  async atOnce(): Promise<Omit<TimeWaitEvidence, 'back'>> {
    const explicit = {
      closedHere: this.#bindAll('closedHere', this.#byName),
      closedThere: this.#bindAll('closedThere'),
      boundOnly: this.#bindAll('boundOnly'),
    };
    const again = await this.#connectAll();
    if (!mostlyTaken(explicit.closedHere)) this.#byName.forget();
    if (!mostlyTaken(again.closedHere)) this.#again.forget();
    // Where a mere bind and close keeps a port, or names don't, a sweep would only use numbers up.
    const sweeps = !mostlyTaken(explicit.closedHere) && !mostlyTaken(explicit.boundOnly);
    const wildcard = sweeps ? await this.#sweepAll() : null;
    return { explicit, wildcard, again };
  }

  /** Another look at those that were taken. */
  async again(): Promise<void> {
    const { stack } = this.#context;
    for (const port of this.#byName.taken) {
      this.#byName.saw(port, canBind(this.#context, this.#address, port), stack.now());
    }
    for (const port of this.#again.taken) {
      const { code } = await connectAgain(this.#context, this.#address, port, this.#listener);
      this.#again.saw(port, code === 0, stack.now());
    }
    const due = stack.now() - this.#sweptAt >= SWEEP_EVERY * 1e9;
    if (this.#byWildcard.enough || !due) return;
    const began = stack.now();
    const sweep = await this.#sweep.run();
    for (const port of this.#byWildcard.taken) {
      const at = sweep.metAt.get(port);
      if (at !== undefined) this.#byWildcard.saw(port, true, at);
      else if (sweep.wentRound) this.#byWildcard.saw(port, false, began);
    }
    this.#sweptAt = stack.now();
  }

  #bindAll(given: GivenUp, awaited?: AwaitedPorts): Tries {
    const ports = this.#ports[`${given}.explicit`];
    let succeeded = 0;
    for (const { port, closedAt } of ports) {
      if (canBind(this.#context, this.#address, port)) succeeded++;
      else awaited?.add(port, closedAt, this.#context.stack.now());
    }
    return { tried: ports.length, succeeded };
  }

  /** The same connections again: those after a reset first, so that they are the younger ones. */
  async #connectAll(): Promise<TimeWaitEvidence['again']> {
    const codes: number[] = [];
    const tried = async (ports: readonly GivenUpPort[], ours: boolean): Promise<Tries> => {
      let succeeded = 0;
      for (const { port, closedAt } of ports) {
        const { call, code } = await connectAgain(
          this.#context,
          this.#address,
          port,
          this.#listener,
        );
        if (code === 0) succeeded++;
        else if (ours && call === 'connect') {
          codes.push(code);
          this.#again.add(port, closedAt, this.#context.stack.now());
        }
      }
      return { tried: ports.length, succeeded };
    };
    const reset = await tried(this.#ports['reset.again'], false);
    const closedHere = await tried(this.#ports['closedHere.again'], true);
    return { closedHere, reset, codes };
  }

  async #sweepAll(): Promise<NumbersMet> {
    const began = this.#context.stack.now();
    const sweep = await this.#sweep.run();
    this.#sweptAt = this.#context.stack.now();
    const met = (given: GivenUp): Tries => {
      const ports = this.#ports[`${given}.wildcard`];
      return {
        tried: ports.length,
        succeeded: ports.filter(({ port }) => sweep.metAt.has(port)).length,
      };
    };
    if (sweep.wentRound && met('closedHere').succeeded === 0) {
      for (const { port, closedAt } of this.#ports['closedHere.wildcard']) {
        this.#byWildcard.add(port, closedAt, began);
      }
    }
    return {
      swept: sweep.swept,
      refused: sweep.refused,
      met: {
        closedHere: met('closedHere'),
        closedThere: met('closedThere'),
        boundOnly: met('boundOnly'),
      },
    };
  }
}
