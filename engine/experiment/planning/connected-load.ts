import { WSA } from '../../model/winsock-error.ts';
import type { AddressId, SocketId } from '../../stack/socket-stack.ts';
import { openPair } from '../connecting/connection-arm.ts';
import { STRATEGY_OPTIONS, type ExperimentContext } from '../experiment.ts';
import type { Listener } from '../listener.ts';
import type { CommonParameters } from '../parameters.ts';
import { roomLeft, SLICE_NS } from '../safety.ts';
import { CANCELLED, DONE, type LoadEnd, type PlanLoad } from './plan-load.ts';

const OPTIONS = STRATEGY_OPTIONS['reuse-unicast'];
/** Codes of a bind or connect that can mean that no number is left, whichever the host gives. */
const FULL: ReadonlySet<number> = new Set([
  WSA.WSAENOBUFS,
  WSA.WSAEADDRINUSE,
  WSA.WSAEADDRNOTAVAIL,
]);

/** Both ends of a connection of the lab to itself. */
interface Ends {
  readonly client: SocketId;
  readonly accepted: SocketId | null;
}

/**
 * Connections with SO_REUSE_UNICASTPORT to listeners of the lab's own, evenly: each remote's turn by
 * turn, and those of one remote from the addresses in rotation.
 */
export class ConnectedLoad implements PlanLoad {
  readonly #context: ExperimentContext<CommonParameters>;
  readonly #remotes: readonly Listener[];
  readonly #pairs: Ends[] = [];

  constructor(context: ExperimentContext<CommonParameters>, remotes: readonly Listener[]) {
    this.#context = context;
    this.#remotes = remotes;
  }

  get held(): number {
    return this.#pairs.length;
  }

  async take(upTo: number, progress: () => void): Promise<LoadEnd> {
    const { stack, limits, holdings, stop, breathe } = this.#context;
    let sliceEnds = stack.now() + SLICE_NS;
    while (stop.reason === null) {
      if (this.held >= upTo) return DONE;
      // Each takes two sockets, its accepted end too.
      const sockets = 2 * this.held + this.#remotes.length;
      const room = roomLeft(limits, sockets + 1, holdings.union, stack.now());
      if ('limit' in room) return { ...DONE, ended: room.limit };
      const refused = await this.#connect();
      if (refused !== null) return refused;
      if (stack.now() < sliceEnds) continue;
      progress();
      await breathe();
      sliceEnds = stack.now() + SLICE_NS;
    }
    return CANCELLED;
  }

  /** Resets connections, so that none leaves a TIME_WAIT behind. */
  async release(): Promise<void> {
    const { stack, breathe } = this.#context;
    let sliceEnds = stack.now() + SLICE_NS;
    for (const { client, accepted } of this.#pairs.splice(0)) {
      stack.close(client, 'abort');
      if (accepted !== null) stack.close(accepted, 'remote');
      if (stack.now() < sliceEnds) continue;
      await breathe();
      sliceEnds = stack.now() + SLICE_NS;
    }
  }

  /** One more, from whichever address still has a number for its remote. @returns why there is none */
  async #connect(): Promise<LoadEnd | null> {
    const { addressIds } = this.#context;
    const remote = this.#remotes[this.held % this.#remotes.length];
    if (remote === undefined) return { ...DONE, ended: 'error' };
    const turn = Math.floor(this.held / this.#remotes.length);
    let last: LoadEnd = DONE;
    for (let n = 0; n < addressIds.length; n++) {
      const address = addressIds[(turn + n) % addressIds.length] as AddressId;
      const pair = await openPair(this.#context, OPTIONS, { address, port: 0 }, remote);
      if (!('failed' in pair)) {
        this.#pairs.push({ client: pair.client, accepted: pair.accepted });
        return null;
      }
      const { call, code } = pair.failed;
      const out = (call === 'bind' || call === 'connect') && FULL.has(code);
      last = { ended: out ? 'exhausted' : 'error', error: pair.failed, shortage: null };
      if (!out) return last;
    }
    return last;
  }
}
