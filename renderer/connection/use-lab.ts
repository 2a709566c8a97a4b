import {
  createContext,
  createElement,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import type { LabClient } from '#engine/api/client.ts';
import type { CallInput, CallName, CallResults, ServiceEvents } from '#engine/api/contract.ts';
import type { FromScreen, ToScreen } from '#engine/api/shell.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { LabState, LabStore, ServiceEventName } from './lab-store.ts';

const StoreContext = createContext<LabStore | null>(null);

export function LabConnection(props: {
  readonly store: LabStore;
  readonly children: ReactNode;
}): ReactNode {
  return createElement(StoreContext.Provider, { value: props.store }, props.children);
}

function useStore(): LabStore {
  const store = useContext(StoreContext);
  if (store === null) throw new Error('outside LabConnection');
  return store;
}

export interface Lab extends LabState {
  readonly shell: { readonly isDesktop: boolean; send(message: FromScreen): void };
  /** Desktop: restarts the service. Browser: tries now. */
  reconnect(): void;
}

/** The connection, and what goes on in the lab. Renders again a few times a second during a run. */
export function useLab(): Lab {
  const store = useStore();
  const state = useSyncExternalStore(store.subscribe, store.getState);
  return useMemo(
    () => ({
      ...state,
      shell: { isDesktop: store.isDesktop, send: store.send },
      reconnect: store.reconnect,
    }),
    [state, store],
  );
}

export interface CallState<N extends CallName> {
  /** Stays while it is fetched again. */
  readonly data: CallResults[N] | undefined;
  readonly error: LabError | undefined;
  readonly loading: boolean;
  reload(): void;
}

/**
 * Asks the service, and again with every new connection, input or dependency. Pass null for the input
 * to ask nothing.
 */
export function useCall<N extends CallName>(
  name: N,
  input: CallInput<N> | null,
  deps: readonly unknown[] = [],
): CallState<N> {
  const client = useClient();
  const [state, setState] = useState<{
    key: string;
    data?: CallResults[N];
    error?: LabError;
  }>({ key: '' });
  const [asked, setAsked] = useState(0);
  const [pending, setPending] = useState(true);
  const key = `${name} ${JSON.stringify(input)}`;

  useEffect(() => {
    if (client === null || input === null) return undefined;
    let stale = false;
    const settle = (next: Omit<typeof state, 'key'>): void => {
      if (stale) return;
      setState({ key, ...next });
      setPending(false);
    };
    setPending(true);
    void client.call(name, input).then(
      (data) => settle({ data }),
      (thrown: unknown) => settle({ error: LabError.from(thrown) }),
    );
    return () => {
      stale = true;
    };
    // The key stands for name and input; deps are the caller's.
  }, [client, key, asked, ...deps]);

  // An answer to another question is no answer to this one.
  const own = state.key === key;
  return {
    data: own ? state.data : undefined,
    error: own ? state.error : undefined,
    loading: input !== null && (pending || !own),
    reload: useCallback(() => setAsked((times) => times + 1), []),
  };
}

/** Only the client: does not render again with every activity. */
export function useClient(): LabClient | null {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, () => store.getState().client);
}

/** Calls `handle` when the service says so; the last one given. */
export function useServiceEvent<N extends ServiceEventName>(
  name: N,
  handle: (event: Parameters<ServiceEvents[N]>[0]) => void,
): void {
  const store = useStore();
  const latest = useLatest(handle);
  useEffect(() => {
    const listener = (event: Parameters<ServiceEvents[N]>[0]): void => latest.current(event);
    // Both events have this form; TypeScript can't see it through the type parameter.
    return store.onEvent(name, listener as ServiceEvents[N]);
  }, [store, name, latest]);
}

/** Calls `handle` with what the desktop's main process says. */
export function useShellMessage(handle: (message: ToScreen) => void): void {
  const store = useStore();
  const latest = useLatest(handle);
  useEffect(() => store.onShell((message) => latest.current(message)), [store, latest]);
}

function useLatest<T>(value: T): { readonly current: T } {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}
