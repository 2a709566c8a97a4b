import {
  createContext,
  createElement,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from 'react';
import type { HostView } from '#engine/api/views.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { useClient, useServiceEvent } from './use-lab.ts';

export interface HostState {
  readonly view: HostView | undefined;
  readonly error: LabError | undefined;
  /** It is being read; what was known stays. */
  readonly loading: boolean;
  /** Reads the machine anew. */
  refresh(): void;
}

const HostContext = createContext<HostState | null>(null);

/** What this machine is, read once and shared: by the status line, the host screen, the forms. */
export function HostFactsProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const client = useClient();
  const [view, setView] = useState<HostView>();
  const [error, setError] = useState<LabError>();
  const [loading, setLoading] = useState(true);
  const [wanted, setWanted] = useState({ fresh: false });

  useEffect(() => {
    if (client === null) return undefined;
    let stale = false;
    setLoading(true);
    const settle = (answer: HostView | undefined, problem: LabError | undefined): void => {
      if (stale) return;
      if (answer !== undefined) setView(answer);
      setError(problem);
      setLoading(false);
    };
    void client.call('host', { fresh: wanted.fresh }).then(
      (answer) => settle(answer, undefined),
      (thrown: unknown) => settle(undefined, LabError.from(thrown)),
    );
    return () => {
      stale = true;
    };
  }, [client, wanted]);

  // A run that ended may have settled whether an option is honoured.
  useServiceEvent('ended', () => setWanted({ fresh: false }));

  const refresh = useCallback(() => setWanted({ fresh: true }), []);
  const state = useMemo(() => ({ view, error, loading, refresh }), [view, error, loading, refresh]);
  return createElement(HostContext.Provider, { value: state }, children);
}

export function useHost(): HostState {
  const state = useContext(HostContext);
  if (state === null) throw new Error('outside HostFactsProvider');
  return state;
}
