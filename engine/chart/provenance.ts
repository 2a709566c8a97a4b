import type { Basis, RunHead } from '../run/run-document.ts';

/**
 * What a run's figures are: `measured` by Windows' own ws2_32.dll; `wine`, real sockets whose ports
 * Linux allots; `modelled` by the allocator engine. Only the first is evidence about Windows.
 */
export function basisOfRun(run: {
  readonly stack: RunHead['stack'];
  readonly host: { readonly wine: string | null };
}): Basis {
  if (run.stack === 'simulated') return 'modelled';
  return run.host.wine === null ? 'measured' : 'wine';
}

/** Short words that go beside every figure. */
export const BASIS_WORDS: Readonly<Record<Basis, string>> = {
  measured: 'measured on Windows',
  wine: 'Wine, no evidence about Windows',
  modelled: 'simulated, not measured',
};
