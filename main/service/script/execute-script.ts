import { othersPerSecond } from '#engine/script/script-needs.ts';
import { runScript } from '#engine/script/run-script.ts';
import type { ScriptOutcome } from '#engine/script/script.ts';
import { ScriptWatch } from '#engine/script/script-watch.ts';
import { execute, type Ended } from '../execute.ts';
import type { RunHooks } from '../execute-run.ts';
import type { Recording } from '../storage.ts';
import type { PreparedScript } from './prepare-script.ts';

export interface ScriptExecution extends Ended<ScriptOutcome> {
  readonly peakHeld: number;
}

/** Runs a script on its stack, into the recorder; whatever happens, every socket is closed. */
export async function executeScript(
  prepared: PreparedScript,
  recording: Recording,
  { stop, progress }: RunHooks,
): Promise<ScriptExecution> {
  const { script, seed, limits, avoid, profile } = prepared;
  const watch = new ScriptWatch(recording.recorder.sink);
  const ended = await execute({ ...prepared, rate: 0 }, recording, stop, watch, (bench) =>
    runScript(script, {
      ...bench,
      watch,
      seed,
      maxSeconds: limits.maxSeconds,
      avoid,
      othersPerSecond: othersPerSecond(profile?.churn ?? []),
      progress,
    }),
  );
  return { ...ended, peakHeld: watch.peakHeld };
}
