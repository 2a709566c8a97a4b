import { parseAddress } from '../model/address.ts';
import { SCRIPT_LIMITS, type Step } from './script-schema.ts';
import { shown, stepError, type StepPlace } from './step-error.ts';

/** What a name stands for, as far as can be told before anything runs. */
interface Made {
  readonly kind: 'socket' | 'fill';
  readonly process: string | undefined;
  /** What ended it, if a step did. */
  gone: string | null;
}

/**
 * Checks what one step alone doesn't show: names are made once, before they are used, and not used
 * after they were closed; and the limits that count over the whole script.
 * @throws LabError `usage`, naming the step
 */
export function checkNames(steps: readonly Step[], places: readonly StepPlace[]): void {
  const names = new Names();
  steps.forEach((step, index) => names.take(step, places[index]!));
}

class Names {
  readonly #made = new Map<string, Made>();
  readonly #addresses = new Set<string>();
  /** Processes alive; one that has ended and is named again is a new one. */
  readonly #processes = new Set<string>();
  #processesInAll = 0;
  #listens = false;
  #filled = 0;

  take(step: Step, place: StepPlace): void {
    switch (step.op) {
      case 'socket':
        this.#countProcess(step.process, place);
        this.#make(step.as, { kind: 'socket', process: step.process, gone: null }, place);
        break;
      case 'fill':
        this.#countProcess(step.process, place);
        this.#countAddress(step.address, place);
        if (step.reservation !== undefined) this.#socket(step.reservation, place);
        this.#filled += step.count;
        if (this.#filled > SCRIPT_LIMITS.fillInAll) {
          throw stepError(
            'usage',
            place,
            `with it, fills ask for ${this.#filled} sockets in all`,
            `at most ${SCRIPT_LIMITS.fillInAll} are possible`,
          );
        }
        this.#make(step.as, { kind: 'fill', process: step.process, gone: null }, place);
        break;
      case 'reserve':
        this.#reserve(step, place);
        break;
      case 'accept': {
        const listener = this.#socket(step.socket, place);
        this.#make(step.as, { ...listener, gone: null }, place);
        break;
      }
      case 'associate':
        this.#socket(step.socket, place);
        if (step.reservation !== undefined) this.#socket(step.reservation, place);
        break;
      case 'bind':
        this.#countAddress(step.address, place);
        this.#socket(step.socket, place);
        break;
      case 'connect': {
        const { remote } = step;
        if ('listener' in remote) this.#countListener(place);
        this.#countAddress('listener' in remote ? remote.listener : remote.address, place);
        this.#socket(step.socket, place);
        break;
      }
      case 'close':
        this.#known(step.socket, place).gone = `was closed in step ${place.index}`;
        break;
      case 'exit':
        this.#exit(step.process, place);
        break;
      case 'addressAdd':
      case 'addressRemove':
        this.#countAddress(step.address, place);
        break;
      case 'wait':
        break;
      case 'setsockopt':
      case 'getsockopt':
      case 'getsockname':
      case 'listen':
        this.#socket(step.socket, place);
        break;
    }
  }

  #reserve(step: Extract<Step, { op: 'reserve' }>, place: StepPlace): void {
    if (step.socket === undefined) {
      this.#countProcess(step.process, place);
      const made: Made = { kind: 'socket', process: step.process, gone: null };
      if (step.as !== undefined) this.#make(step.as, made, place);
      return;
    }
    // Two names of one thing: closing either closes both.
    const made = this.#socket(step.socket, place);
    if (step.as !== undefined) this.#make(step.as, made, place);
  }

  #make(name: string, made: Made, place: StepPlace): void {
    if (this.#made.has(name)) {
      throw stepError(
        'usage',
        place,
        `"as": ${shown(name)} is taken already`,
        'give each thing a name of its own, also after the first was closed',
      );
    }
    this.#made.set(name, made);
  }

  #known(name: string, place: StepPlace): Made {
    const made = this.#made.get(name);
    if (made === undefined) {
      throw stepError(
        'usage',
        place,
        `no step before it makes a socket called ${shown(name)}`,
        'make it first, with "as" in a socket, fill, accept or reserve step',
      );
    }
    if (made.gone !== null) {
      throw stepError('usage', place, `${shown(name)} ${made.gone}`, 'use another socket');
    }
    return made;
  }

  #socket(name: string, place: StepPlace): Made {
    const made = this.#known(name, place);
    if (made.kind === 'socket') return made;
    throw stepError(
      'usage',
      place,
      `${shown(name)} is a fill: many sockets at once`,
      'a fill can only be closed; for other calls make a single socket',
    );
  }

  #exit(process: string, place: StepPlace): void {
    if (!this.#processes.delete(process)) {
      throw stepError(
        'usage',
        place,
        `no process ${shown(process)} is running`,
        'name a process that an earlier socket, fill or reserve step names',
      );
    }
    for (const made of this.#made.values()) {
      if (made.process === process) made.gone ??= `ended with its process in step ${place.index}`;
    }
  }

  #countProcess(process: string | undefined, place: StepPlace): void {
    if (process === undefined || this.#processes.has(process)) return;
    this.#processes.add(process);
    this.#processesInAll++;
    this.#checkProcesses(place);
  }

  /** The runner's own listeners are a process of their own. */
  #countListener(place: StepPlace): void {
    if (this.#listens) return;
    this.#listens = true;
    this.#processesInAll++;
    this.#checkProcesses(place);
  }

  #checkProcesses(place: StepPlace): void {
    if (this.#processesInAll <= SCRIPT_LIMITS.processes) return;
    throw stepError(
      'usage',
      place,
      'with it, there are too many processes',
      `use at most ${SCRIPT_LIMITS.processes}`,
    );
  }

  #countAddress(text: string, place: StepPlace): void {
    this.#addresses.add(spelled(text));
    if (this.#addresses.size <= SCRIPT_LIMITS.addresses) return;
    throw stepError(
      'usage',
      place,
      'with it, the script names too many addresses',
      `use at most ${SCRIPT_LIMITS.addresses}`,
    );
  }
}

/** An address the schema has let pass, as the engine spells it. */
export function spelled(text: string): string {
  const parsed = parseAddress(text);
  if (parsed === undefined) throw new RangeError(`${text} is no IP address`);
  return parsed.text;
}
