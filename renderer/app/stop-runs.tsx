import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from 'react';
import { LabError } from '#engine/model/lab-error.ts';
import { useLab, useShellMessage } from '../connection/use-lab.ts';

export interface StopRuns {
  /** Stops a run and waits until what it held is released. */
  stop(run: string): void;
  /** Runs asked to stop that still go on. */
  readonly stopping: ReadonlySet<string>;
  readonly error: LabError | null;
  dismissError(): void;
}

const StopContext = createContext<StopRuns | null>(null);

const NONE: ReadonlySet<string> = new Set();

/** Stop, from anywhere: the button of whoever shows a run, Shift+Esc, the desktop's menu. */
export function StopRunsProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { client, activities } = useLab();
  const [asked, setAsked] = useState(NONE);
  const [error, setError] = useState<LabError | null>(null);

  const stop = useCallback(
    (run: string): void => {
      if (client === null) return;
      setError(null);
      setAsked((runs) => new Set(runs).add(run));
      const forget = (): void => setAsked((runs) => new Set([...runs].filter((id) => id !== run)));
      void client.call('stopRun', { run }).then(forget, (thrown: unknown) => {
        forget();
        setError(LabError.from(thrown));
      });
    },
    [client],
  );

  const stopAll = useCallback((): void => {
    for (const { run, stopping } of activities) if (!stopping && !asked.has(run)) stop(run);
  }, [activities, asked, stop]);

  useEffect(() => {
    if (activities.length === 0) return undefined;
    // While capturing: no dialog or menu may take the key for itself.
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || !event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      stopAll();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [activities.length, stopAll]);

  useShellMessage((message) => {
    if (message.shell === 'command' && message.command === 'stop') stopAll();
  });

  const dismissError = useCallback(() => setError(null), []);
  const stopping = useMemo(
    () => new Set([...asked, ...activities.filter((one) => one.stopping).map(({ run }) => run)]),
    [asked, activities],
  );
  const value = useMemo(
    () => ({ stop, stopping, error, dismissError }),
    [stop, stopping, error, dismissError],
  );
  return <StopContext.Provider value={value}>{children}</StopContext.Provider>;
}

export function useStopRuns(): StopRuns {
  const value = useContext(StopContext);
  if (value === null) throw new Error('outside StopRunsProvider');
  return value;
}
