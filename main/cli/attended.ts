import { EXIT } from './console.ts';
import { ProgressLine } from './progress-line.ts';
import type { RunHooks } from '../service/execute-run.ts';
import type { RunDocument } from '#engine/run/run-document.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;

/**
 * Runs something somebody waits for: its progress on the terminal; Ctrl-C, or the terminal's end, ends
 * it in good order. The exit status says how it ended.
 * @returns what the work gave, the document of what was recorded among it
 */
export async function attended<D extends { readonly document: Pick<RunDocument, 'run'> }>(
  work: (hooks: RunHooks) => Promise<D>,
): Promise<D> {
  const stop: RunHooks['stop'] = { reason: null };
  const cancel = (): void => {
    // Why it ends is what came first.
    stop.reason ??= 'cancelled';
  };
  for (const signal of SIGNALS) process.on(signal, cancel);
  // Started by the set-up script, which may go away: then nobody attends the run any more.
  process.on('disconnect', cancel);
  process.channel?.unref();
  const progress = new ProgressLine();
  try {
    const ended = await work({
      stop,
      progress: (share, words) => progress.show(share, words),
    });
    const { status } = ended.document.run;
    if (status === 'cancelled') process.exitCode = EXIT.interrupted;
    else if (status !== 'complete') process.exitCode = EXIT.failed;
    return ended;
  } finally {
    progress.clear();
    for (const signal of SIGNALS) process.off(signal, cancel);
    process.off('disconnect', cancel);
  }
}
