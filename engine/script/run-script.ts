import { wsaName } from '../model/winsock-error.ts';
import { Connections } from './connections.ts';
import { closeFill, fill } from './fill-step.ts';
import type { Script, ScriptOutcome, StepResult } from './script.ts';
import { EndOfScript, ScriptBench, type ScriptRun } from './script-bench.ts';
import type { Expectation, Step, StepOf } from './script-schema.ts';
import { expectedOf, isMet } from './expectation.ts';
import { spelled } from './check-names.ts';

/** What a step's call answered; what it says nothing of is left out. */
type Answer = { readonly code: number } & Partial<
  Pick<StepResult, 'ok' | 'address' | 'port' | 'value' | 'bound' | 'ports'>
>;

/**
 * Runs a script's steps one after the other on a stack. A failed call is an answer, not the end.
 * Everything is closed at the end, also when it was stopped or something threw.
 */
export async function runScript(script: Script, run: ScriptRun): Promise<ScriptOutcome> {
  const steps: StepResult[] = [];
  const runner = new Runner(run);
  let ended: ScriptOutcome['ended'] = 'done';
  try {
    for (const [index, step] of script.steps.entries()) {
      run.progress(index / script.steps.length, `step ${index}: ${step.op}`);
      const answer = await runner.take(step, index);
      steps.push(resultOf(step, index, answer));
      await runner.pause();
    }
  } catch (error) {
    if (!(error instanceof EndOfScript)) throw error;
    ended = error.ended;
  } finally {
    run.stack.closeAll();
  }
  const ok = ended === 'done' && steps.every(({ expectation }) => expectation !== 'failed');
  return { steps, ended, ok };
}

class Runner {
  readonly #bench: ScriptBench;
  readonly #connections: Connections;

  constructor(run: ScriptRun) {
    this.#bench = new ScriptBench(run);
    this.#connections = new Connections(this.#bench);
  }

  pause(): Promise<void> {
    return this.#bench.pause();
  }

  async take(step: Step, index: number): Promise<Answer> {
    const { stack } = this.#bench;
    switch (step.op) {
      case 'socket':
        return { code: this.#socket(step.as, step.protocol, step.family, step.process) };
      case 'setsockopt':
        return { code: stack.setsockopt(this.#id(step.socket), step.option, step.value) };
      case 'getsockopt':
        return valued(stack.getsockopt(this.#id(step.socket), step.option));
      case 'bind':
        return this.#bind(step);
      case 'getsockname':
        return this.#named(this.#id(step.socket), true);
      case 'listen':
        return { code: stack.listen(this.#id(step.socket), step.backlog) };
      case 'connect':
        return this.#connect(step);
      case 'accept':
        return this.#accept(step);
      case 'fill':
        return this.#fill(step, index);
      case 'close':
        return this.#close(step);
      case 'wait':
        await this.#bench.wait(step.seconds);
        return { code: 0 };
      case 'reserve':
        return this.#reserve(step);
      case 'associate':
        return { code: this.#associate(step) };
      default:
        return this.#onHost(step);
    }
  }

  #id(name: string): number {
    return this.#bench.socket(name).id;
  }

  /** @returns the error, or 0 */
  #socket(
    name: string,
    protocol: 'tcp' | 'udp',
    family: 'ipv4' | 'ipv6',
    process: string | undefined,
  ): number {
    const { stack, made } = this.#bench;
    const id = stack.socket(protocol, family, this.#bench.process(process));
    made.set(name, {
      kind: 'socket',
      id: Math.max(id, 0),
      protocol,
      family,
      process,
      partner: null,
    });
    return Math.max(-id, 0);
  }

  #bind({ socket, address, port }: StepOf<'bind'>): Answer {
    const id = this.#id(socket);
    const code = this.#bench.stack.bind(id, this.#bench.address(address), port);
    return code === 0 ? this.#named(id) : { code, address: spelled(address) };
  }

  /** What getsockname says of a socket. @param valued the port is what the step asked for */
  #named(id: number, valued = false): Answer {
    const { stack, run } = this.#bench;
    const port = stack.getsockname(id);
    if (port < 0) return { code: -port };
    const address = stack.addresses[run.watch.address] ?? null;
    return {
      code: 0,
      address: address === '' ? null : address,
      port,
      ...(valued && { value: port }),
    };
  }

  async #connect({ socket, remote }: StepOf<'connect'>): Promise<Answer> {
    const made = this.#bench.socket(socket);
    const code = await this.#connections.connect(made, remote);
    // The call that failed is the connect: a name that can't be read then changes nothing.
    return code === 0 ? { ...this.#named(made.id), code } : { code };
  }

  async #accept({ socket, as }: StepOf<'accept'>): Promise<Answer> {
    const { stack, made, run } = this.#bench;
    const { protocol, family, process, id: listener } = this.#bench.socket(socket);
    const id = await this.#connections.accept(listener);
    made.set(as, { kind: 'socket', id: Math.max(id, 0), protocol, family, process, partner: null });
    if (id < 0) return { code: -id };
    return { code: 0, address: stack.addresses[run.watch.address] ?? null, port: run.watch.port };
  }

  async #fill(step: StepOf<'fill'>, index: number): Promise<Answer> {
    const { watch } = this.#bench.run;
    watch.collect();
    const { runs, bound, code } = await fill(this.#bench, step, index);
    const ports = watch.collected();
    this.#bench.made.set(step.as, { kind: 'fill', runs });
    const address = spelled(step.address);
    return { ok: bound === step.count, code, address, bound, ports };
  }

  async #close({ socket, by, abort }: StepOf<'close'>): Promise<Answer> {
    const made = this.#bench.made.get(socket);
    if (made?.kind === 'fill') {
      await closeFill(this.#bench, made.runs);
      return { code: 0 };
    }
    const how = abort === true ? 'abort' : (by ?? 'local');
    return { code: this.#connections.close(this.#bench.socket(socket), how) };
  }

  #reserve(step: StepOf<'reserve'>): Answer {
    const { made, stack } = this.#bench;
    if (step.socket === undefined) {
      const { as, protocol = 'tcp', family = 'ipv4', process } = step;
      const code = this.#socket(as ?? '', protocol, family, process);
      if (code !== 0) return { code };
    } else if (step.as !== undefined) {
      made.set(step.as, this.#bench.socket(step.socket));
    }
    const id = this.#id(step.socket ?? step.as ?? '');
    const first = stack.reserve(id, step.start, step.count);
    return first < 0 ? { code: -first } : { code: 0, port: first, value: step.count };
  }

  #associate({ socket, reservation, block }: StepOf<'associate'>): number {
    const { stack } = this.#bench;
    const id = this.#id(socket);
    if (reservation !== undefined) return stack.associate(id, this.#id(reservation));
    return stack.associatePersistent(id, block?.start ?? 0, block?.count ?? 0);
  }

  /** Steps only a simulated host can take; a script with them was refused before on Winsock. */
  #onHost(step: StepOf<'exit'> | StepOf<'addressAdd'> | StepOf<'addressRemove'>): Answer {
    const { simulated, made } = this.#bench;
    if (simulated === null) throw new Error(`script: ${step.op} on real sockets`);
    if (step.op === 'addressAdd') {
      simulated.addAddress(spelled(step.address), step.adapter);
      return { code: 0, address: spelled(step.address) };
    }
    if (step.op === 'addressRemove') {
      simulated.removeAddress(spelled(step.address));
      return { code: 0, address: spelled(step.address) };
    }
    const closed = simulated.exit(this.#bench.process(step.process) ?? 0);
    for (const entry of made.values()) {
      if (entry.kind === 'socket' && entry.process === step.process) {
        this.#connections.partnerCloses(entry, 'remote');
      }
    }
    this.#bench.forget(step.process);
    return { code: 0, value: closed };
  }
}

function valued(answer: number): Answer {
  return answer < 0 ? { code: -answer } : { code: 0, value: answer };
}

function resultOf(step: Step, index: number, answer: Answer): StepResult {
  const result = {
    index,
    op: step.op,
    ok: answer.ok ?? answer.code === 0,
    code: answer.code,
    name: wsaName(answer.code),
    address: answer.address ?? null,
    port: answer.port ?? null,
    value: answer.value ?? null,
    bound: answer.bound ?? null,
    ports: answer.ports ?? [],
  };
  return { ...result, expectation: judged(step.expect, result) };
}

function judged(
  expect: Expectation | undefined,
  result: Omit<StepResult, 'expectation'>,
): StepResult['expectation'] {
  const expected = expectedOf(expect);
  if (expected.length === 0) return 'none';
  return expected.every((entry) => isMet(entry, result)) ? 'met' : 'failed';
}
