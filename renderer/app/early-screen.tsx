import { lazy, useState, type ComponentType, type ReactNode } from 'react';

export interface EarlyScreen<Props> {
  readonly Screen: ComponentType<Props>;
  /** Fetches its code, so that it shows at once when it is gone to. */
  fetch(): void;
}

/**
 * A screen whose code can be fetched before it is gone to. A lazy component alone waits in any case: what
 * React has put a placeholder for it shows 300 ms later at the earliest.
 */
export function earlyScreen<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): EarlyScreen<Props> {
  let there: ComponentType<Props> | null = null;
  const get = async (): Promise<ComponentType<Props>> => {
    there = await load();
    return there;
  };
  const Lazy = lazy(async () => ({ default: await get() })) as unknown as ComponentType<Props>;
  return {
    // Chosen once: another kind of component would begin anew.
    Screen(props: Props): ReactNode {
      const [Chosen] = useState<ComponentType<Props>>(() => there ?? Lazy);
      return <Chosen {...props} />;
    },
    fetch() {
      // Whoever goes there is told of what went wrong.
      get().catch(() => {});
    },
  };
}
