import { useEffect, useRef, useState } from 'react';
import type { RunWishInput } from '#engine/api/run-wish.ts';
import type { Preview } from '#engine/api/views.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { useClient } from '../../connection/use-lab.ts';

/** Typing pauses at least this long before the service is asked, ms. */
const PAUSE_MS = 300;

export interface PreviewState {
  /** The last one there was; while the form has an error it is an older form's. */
  readonly preview: Preview | null;
  /** Why there can be none for the form as it is. */
  readonly error: LabError | null;
  /** The form changed and the answer is not here yet. */
  readonly pending: boolean;
  /** The wish `preview` is the answer to, as JSON. */
  readonly key: string;
}

/**
 * Asks the service what a run would take, a moment after the last change. An answer to an earlier form
 * is dropped. @param wish null where the form can't be asked
 */
export function usePreview(wish: RunWishInput | null): PreviewState {
  const client = useClient();
  const key = wish === null ? '' : JSON.stringify(wish);
  const [answer, setAnswer] = useState<Omit<PreviewState, 'pending'>>({
    preview: null,
    error: null,
    key: '',
  });
  const asked = useRef(false);

  useEffect(() => {
    if (client === null || key === '') return undefined;
    let stale = false;
    const ask = async (): Promise<void> => {
      asked.current = true;
      try {
        const preview = await client.call('preview', { wish: JSON.parse(key) as RunWishInput });
        if (!stale) setAnswer({ preview, error: null, key });
      } catch (thrown) {
        if (!stale) setAnswer(({ preview }) => ({ preview, error: LabError.from(thrown), key }));
      }
    };
    // The first one at once: nobody is typing yet.
    const timer = setTimeout(() => void ask(), asked.current ? PAUSE_MS : 0);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [client, key]);

  return { ...answer, pending: key !== '' && answer.key !== key };
}
