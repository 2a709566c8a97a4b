import { useEffect, useState } from 'react';
import type { PlanStartView } from '#engine/api/views.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { useClient } from '../../connection/use-lab.ts';
import { startInput, type StartKey } from './plan-start.ts';

export interface PlanStart {
  /** Undefined while it is asked for. */
  readonly from: PlanStartView | undefined;
  /** The last one there was, whatever is asked for now. */
  readonly lastFrom: PlanStartView | undefined;
  readonly error: LabError | undefined;
  /** Asks anew; a host is read anew too. */
  readAgain(): void;
}

/** What a plan starts from, as the service knows it. An answer to an earlier question is none. */
export function usePlanStart(start: StartKey): PlanStart {
  const client = useClient();
  const [again, setAgain] = useState(0);
  const [answer, setAnswer] = useState<{
    readonly key: string;
    readonly from?: PlanStartView;
    readonly lastFrom?: PlanStartView | undefined;
    readonly error?: LabError;
  }>({ key: '' });
  const key = `${start} ${again}`;

  useEffect(() => {
    if (client === null) return undefined;
    let stale = false;
    const settle = (next: Omit<typeof answer, 'key'>): void => {
      if (!stale) setAnswer((was) => ({ lastFrom: was.lastFrom, ...next, key }));
    };
    void client.call('planStart', startInput(start, again > 0)).then(
      (from) => settle({ from, lastFrom: from }),
      (thrown: unknown) => settle({ error: LabError.from(thrown) }),
    );
    return () => {
      stale = true;
    };
  }, [client, start, again, key]);

  const own = answer.key === key ? answer : undefined;
  return {
    from: own?.from,
    lastFrom: answer.lastFrom,
    error: own?.error,
    readAgain: () => setAgain(again + 1),
  };
}
