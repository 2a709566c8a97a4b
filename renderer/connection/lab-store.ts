import { createLabClient, type LabClient } from '#engine/api/client.ts';
import { API_VERSION, type ServiceEvents } from '#engine/api/contract.ts';
import type { FromScreen, ToScreen } from '#engine/api/shell.ts';
import type { Activity, Hello } from '#engine/api/views.ts';
import type { Wire } from '#engine/api/wire.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { Link } from './connect.ts';

export interface LabState {
  /** Null until the service greeted, and after the connection ended. */
  readonly client: LabClient | null;
  /** The last greeting; kept while the connection is lost, to say what was there. */
  readonly hello: Hello | null;
  readonly state: 'connecting' | 'connected' | 'lost';
  /** Why it is lost, in words; '' where nobody said. */
  readonly reason: string;
  /** What goes on in the lab now. */
  readonly activities: readonly Activity[];
  /** Rises with every connection: what was fetched over an earlier one may be out of date. */
  readonly connection: number;
}

export type ServiceEventName = 'ended' | 'runsChanged';
type EventListener<N extends ServiceEventName> = ServiceEvents[N];

/** The connection to the lab service as screens share it. */
export interface LabStore {
  readonly isDesktop: boolean;
  start(): void;
  getState(): LabState;
  subscribe(listener: () => void): () => void;
  onEvent<N extends ServiceEventName>(name: N, listener: EventListener<N>): () => void;
  /** What the desktop's main process says beside the service. */
  onShell(listener: (message: ToScreen) => void): () => void;
  send(message: FromScreen): void;
  reconnect(): void;
}

const NOTHING: readonly Activity[] = [];

export function createLabStore(link: Link): LabStore {
  let state: LabState = {
    client: null,
    hello: null,
    state: 'connecting',
    reason: '',
    activities: NOTHING,
    connection: 0,
  };
  const listeners = new Set<() => void>();
  const shellListeners = new Set<(message: ToScreen) => void>();
  const eventListeners = {
    ended: new Set<EventListener<'ended'>>(),
    runsChanged: new Set<EventListener<'runsChanged'>>(),
  };
  /** The wire in use; what an earlier one still says is ignored. */
  let current: Wire | null = null;

  function set(change: Partial<LabState>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  function lost(reason: string): void {
    current = null;
    set({ client: null, state: 'lost', reason, activities: NOTHING });
  }

  async function greet(wire: Wire, token: string | undefined): Promise<void> {
    current = wire;
    set({ client: null, state: 'connecting', activities: NOTHING });
    const client = createLabClient(wire, {
      activity({ activities }) {
        if (current === wire) set({ activities });
      },
      ended(end) {
        for (const listener of eventListeners.ended) listener(end);
      },
      runsChanged(nothing) {
        for (const listener of eventListeners.runsChanged) listener(nothing);
      },
      closed(reason) {
        if (current !== wire) return;
        lost(reason);
        link.wireEnded(reason);
      },
    });
    try {
      const hello = await client.call('hello', {
        api: API_VERSION,
        ...(token !== undefined && { token }),
      });
      const { activities } = await client.call('activities', {});
      if (current !== wire) return;
      link.settled();
      set({
        client,
        hello,
        state: 'connected',
        reason: '',
        activities,
        connection: state.connection + 1,
      });
    } catch (error) {
      if (current !== wire) return;
      const { message, hint } = LabError.from(error);
      lost(`${message}; ${hint}`);
      client.close();
      link.wireEnded(state.reason);
    }
  }

  return {
    isDesktop: link.isDesktop,
    start() {
      link.start({
        wire: (wire, token) => void greet(wire, token),
        lost: (reason) => lost(reason === '' ? state.reason : reason),
        shell(message) {
          for (const listener of shellListeners) listener(message);
        },
      });
    },
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onEvent(name, listener) {
      // The map's entry and the listener are of the same name.
      const set = eventListeners[name] as Set<typeof listener>;
      set.add(listener);
      return () => set.delete(listener);
    },
    onShell(listener) {
      shellListeners.add(listener);
      return () => shellListeners.delete(listener);
    },
    send: (message) => link.send(message),
    reconnect() {
      if (!link.isDesktop) set({ state: 'connecting' });
      link.reconnect();
    },
  };
}
