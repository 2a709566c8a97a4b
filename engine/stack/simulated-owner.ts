import { OwnerCalls, type OwnerTurn } from './owner-calls.ts';
import { ProbeDied } from './socket-owner.ts';
import type {
  Connected,
  ConnectRequest,
  Opened,
  OpenRequest,
  SocketOwner,
} from './socket-owner.ts';
import type { CloseHow, ProcessNumber, SocketId, SocketStack } from './socket-stack.ts';
import type { SimulatedStack } from './simulated-stack.ts';

/**
 * A process as an owner of sockets on a stack in this very process: the lab's own (0) on either
 * stack, any other on the simulated one.
 * @param turn how others get their turn between calls; never asked to stop where `stopped` is left out
 * @throws RangeError for another process of the Winsock stack: that takes a probe
 */
export function ownerOf(
  stack: SocketStack,
  process: ProcessNumber,
  turn: Pick<OwnerTurn, 'breathe'> & Partial<OwnerTurn>,
): SocketOwner {
  if (process !== 0 && !isSimulated(stack)) {
    throw new RangeError(`process ${process}: real sockets of another process take a probe`);
  }
  return new StackOwner(stack, process, {
    breathe: (pauseMs) => turn.breathe(pauseMs),
    stopped: () => turn.stopped?.() ?? false,
  });
}

class StackOwner implements SocketOwner {
  readonly process: ProcessNumber;
  alive = true;
  readonly #stack: SocketStack;
  readonly #calls: OwnerCalls;
  /** Calls are worked off in order, as a process of its own works off what it is told. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(stack: SocketStack, process: ProcessNumber, turn: OwnerTurn) {
    this.process = process;
    this.#stack = stack;
    this.#calls = new OwnerCalls(stack, process, {
      // What is under way when the process is killed makes no call after that.
      breathe: async (pauseMs) => {
        await turn.breathe(pauseMs);
        this.#mustLive();
      },
      stopped: () => turn.stopped(),
    });
  }

  open(request: OpenRequest): Promise<Opened> {
    return this.#inOrder(() => this.#calls.open(request));
  }

  names(sockets: readonly SocketId[]): Promise<readonly number[]> {
    return this.#inOrder(() => this.#calls.names(sockets));
  }

  close(sockets: readonly SocketId[], how?: CloseHow): Promise<void> {
    return this.#inOrder(() => this.#calls.close(sockets, how));
  }

  connect(request: ConnectRequest): Promise<Connected> {
    return this.#inOrder(() => this.#calls.connect(request));
  }

  kill(): Promise<void> {
    if (this.process === 0 || !isSimulated(this.#stack)) {
      return Promise.reject(new RangeError('the lab does not end itself'));
    }
    if (this.alive) {
      this.alive = false;
      this.#stack.exit(this.process);
    }
    return Promise.resolve();
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(() => {
      this.#mustLive();
      return work();
    });
    this.#last = done.catch(() => {});
    return done;
  }

  #mustLive(): void {
    if (!this.alive) throw new ProbeDied(this.process, 'it was killed');
  }
}

function isSimulated(stack: SocketStack): stack is SimulatedStack {
  return stack.kind === 'simulated';
}
