import { createBirpc } from 'birpc';
import { LabError } from '../model/lab-error.ts';
import type { CallInput, CallName, CallResults, ServiceEvents, StreamPart } from './contract.ts';
import { fromFrame, toFrame } from './rpc-message.ts';
import type { Wire } from './wire.ts';

/** The service as a screen sees it. */
export interface LabClient {
  /** @throws LabError as the service gave it; `failed` when the connection ends first */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallResults[N]>;
  /**
   * Takes a stream's parts in order. For each part handled one credit goes back; a handler that
   * throws ends the stream.
   * @returns ends the stream early
   */
  consume(stream: number, consumer: StreamConsumer): () => void;
  close(): void;
}

export interface StreamConsumer {
  part(part: StreamPart): void | Promise<void>;
  /** @param error null at the stream's natural end */
  end(error: LabError | null): void;
}

type Listeners = Omit<ServiceEvents, 'part' | 'end'> & { closed(reason: string): void };

type Remote = { [N in CallName]: (input: CallInput<N>) => Promise<CallResults[N]> };

/** Messages of a stream nobody consumes yet, kept until somebody does. */
interface OpenStream {
  consumer: StreamConsumer | null;
  readonly waiting: StreamPart[];
  ended: { error: LabError | null } | null;
  busy: boolean;
}

/** Speaks the contract over a wire. */
export function createLabClient(wire: Wire, listeners: Listeners): LabClient {
  const streams = new Map<number, OpenStream>();
  const closedHere = new Set<number>();

  const streamOf = (id: number): OpenStream => {
    let stream = streams.get(id);
    if (stream === undefined) {
      stream = { consumer: null, waiting: [], ended: null, busy: false };
      streams.set(id, stream);
    }
    return stream;
  };

  const functions: ServiceEvents = {
    activity: (state) => listeners.activity(state),
    ended: (end) => listeners.ended(end),
    runsChanged: (nothing) => listeners.runsChanged(nothing),
    part(part) {
      if (closedHere.has(part.stream)) return;
      const stream = streamOf(part.stream);
      stream.waiting.push(part);
      void work(part.stream, stream);
    },
    end({ stream: id, error }) {
      if (closedHere.delete(id)) return;
      const stream = streamOf(id);
      stream.ended = {
        error:
          error === null
            ? null
            : new LabError(error.kind as LabError['kind'], error.message, error.hint),
      };
      void work(id, stream);
    },
  };

  const rpc = createBirpc<Remote, ServiceEvents>(functions, {
    post: (frame: Uint8Array) => wire.send(frame),
    on: (receive) => wire.onFrame(receive),
    serialize: toFrame,
    deserialize: fromFrameOrNothing,
    // Reading a large library or stopping a run may take its time; a dead service closes the wire.
    timeout: -1,
  });
  wire.onClose((reason) => {
    rpc.$close(connectionLost(reason));
    for (const stream of streams.values()) stream.consumer?.end(connectionLost(reason));
    streams.clear();
    listeners.closed(reason);
  });

  /** Hands parts to the consumer one after the other, and the end after the last of them. */
  async function work(id: number, stream: OpenStream): Promise<void> {
    const { consumer } = stream;
    if (consumer === null || stream.busy) return;
    stream.busy = true;
    try {
      for (let part = stream.waiting.shift(); part !== undefined; part = stream.waiting.shift()) {
        await consumer.part(part);
        if (!streams.has(id)) return;
        if (stream.ended === null) tell('grant', { stream: id, credits: 1 });
      }
    } catch (error) {
      stop(id);
      consumer.end(LabError.from(error));
      return;
    } finally {
      stream.busy = false;
    }
    if (stream.ended !== null && streams.delete(id)) consumer.end(stream.ended.error);
  }

  function stop(id: number): void {
    const stream = streams.get(id);
    if (stream === undefined) return;
    streams.delete(id);
    if (stream.ended !== null) return;
    closedHere.add(id);
    tell('closeStream', { stream: id });
  }

  /** Without an answer; on a closed connection there is nobody to tell. */
  function tell<N extends 'grant' | 'closeStream'>(name: N, input: CallInput<N>): void {
    const send = rpc.$callEvent as unknown as (name: N, input: CallInput<N>) => Promise<void>;
    send(name, input).catch(() => {});
  }

  // birpc derives both types from Remote, which TypeScript can't follow through a type parameter.
  const call = rpc.$call as unknown as LabClient['call'];

  return {
    call: (name, input) => call(name, input),
    consume(id, consumer) {
      const stream = streamOf(id);
      stream.consumer = consumer;
      void work(id, stream);
      return () => stop(id);
    },
    close: () => wire.close(),
  };
}

/** What is no message is passed over, as an answer to no call. */
function fromFrameOrNothing(bytes: Uint8Array): ReturnType<typeof fromFrame> {
  try {
    return fromFrame(bytes);
  } catch {
    return { t: 's', i: '' };
  }
}

function connectionLost(reason: string): LabError {
  return new LabError(
    'failed',
    `the connection to the lab service ended${reason === '' ? '' : `: ${reason}`}`,
    'what was recorded until then is kept; connect again',
  );
}
