import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventSink } from '#engine/event/event-sink.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { OwnerCalls } from '#engine/stack/owner-calls.ts';
import type { SocketStack } from '#engine/stack/socket-stack.ts';
import { type FromProbe, type ProbeCall, toProbeSchema } from './probe-protocol.ts';
import { RowCollector } from './row-collector.ts';

/** The lab's end, as a probe sees it. */
export interface LabChannel {
  /** @param sent called when it is on its way */
  send(message: FromProbe, sent?: () => void): void;
  onMessage(handler: (message: unknown) => void): void;
}

/**
 * Makes the calls the lab asks for, one request after the other, on a stack of this process.
 * @param open makes the stack. What it throws is told to the lab
 * @param done called when everything is closed and the lab knows
 */
export function serveProbe(
  channel: LabChannel,
  open: (sink: EventSink) => SocketStack,
  done: () => void,
): void {
  try {
    new ProbeServer(channel, open).listen(done);
  } catch (error) {
    const { kind, message, hint } = LabError.from(error);
    channel.send({ kind: 'failed', error: { kind, message, hint } }, done);
  }
}

class ProbeServer {
  readonly #channel: LabChannel;
  readonly #rows = new RowCollector(() => this.#flush());
  readonly #stack: SocketStack;
  readonly #calls: OwnerCalls;
  #addressesTold = 1;
  #stopped = false;
  #last: Promise<void> = Promise.resolve();

  constructor(channel: LabChannel, open: (sink: EventSink) => SocketStack) {
    this.#channel = channel;
    this.#stack = open(this.#rows);
    this.#calls = new OwnerCalls(this.#stack, 0, {
      // What was done so far is with the lab then, should this process be killed.
      breathe: () => {
        this.#flush();
        return nextTurn();
      },
      stopped: () => this.#stopped,
    });
  }

  listen(done: () => void): void {
    this.#channel.onMessage((given) => {
      const message = toProbeSchema.parse(given);
      if (message.kind === 'stop') this.#stopped = true;
      else if (message.kind === 'end') this.#inOrder(() => this.#end(done));
      else this.#inOrder(() => this.#answer(message.id, message.call));
    });
    const clockOrigin = process.hrtime.bigint() - BigInt(this.#stack.now());
    this.#channel.send({ kind: 'ready', clockOrigin });
  }

  #inOrder(work: () => Promise<void>): void {
    this.#last = this.#last.then(work);
  }

  async #answer(id: number, call: ProbeCall): Promise<void> {
    try {
      const result = await this.#make(call);
      this.#flush();
      this.#channel.send({ kind: 'answer', id, result });
    } catch (error) {
      this.#flush();
      this.#channel.send({ kind: 'fault', id, message: String(error) });
    }
  }

  #make(call: ProbeCall): Promise<unknown> {
    switch (call.name) {
      case 'open':
        return this.#calls.open({ ...call, address: this.#stack.intern(call.address) });
      case 'names':
        return this.#calls.names(call.sockets);
      case 'close':
        return this.#calls.close(call.sockets, call.how);
      case 'connect':
        return this.#calls.connect({ ...call, remote: this.#stack.intern(call.remote) });
    }
  }

  async #end(done: () => void): Promise<void> {
    this.#stack.closeAll();
    this.#flush();
    this.#stack.dispose();
    this.#channel.send({ kind: 'ended' }, done);
  }

  #flush(): void {
    const addresses = this.#stack.addresses.slice(this.#addressesTold);
    const { buffer, length } = this.#rows.take();
    if (length === 0 && addresses.length === 0) return;
    this.#addressesTold += addresses.length;
    this.#channel.send({ kind: 'rows', buffer, length, addresses });
  }
}
