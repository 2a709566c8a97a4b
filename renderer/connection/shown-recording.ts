import { useEffect, useSyncExternalStore } from 'react';
import type { Basis } from '#engine/run/run-document.ts';

/** A recording that is replayed: what the status line then says of it. */
export interface ShownRecording {
  readonly basis: Basis;
  /** Of the machine that ran it. */
  readonly hostname: string;
  readonly build: string;
  /** Whose rules the model beside it follows; null where there is none. */
  readonly model: string | null;
}

let shown: ShownRecording | null = null;
const listeners = new Set<() => void>();

function show(next: ShownRecording | null): void {
  shown = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** For the screen that replays one, as long as it is there. */
export function useShowRecording({ basis, hostname, build, model }: ShownRecording): void {
  useEffect(() => {
    show({ basis, hostname, build, model });
    return () => show(null);
  }, [basis, hostname, build, model]);
}

/** Null where the screen tells of this machine. */
export function useShownRecording(): ShownRecording | null {
  return useSyncExternalStore(subscribe, () => shown);
}
