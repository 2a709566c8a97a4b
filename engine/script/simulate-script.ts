import { NULL_SINK, type EventSink } from '../event/event-sink.ts';
import { parseProfileFile } from '../profile/profile-file.ts';
import { namedProfile, resolveProfile } from '../profile/resolve-profile.ts';
import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import { createSimulatedStack } from '../stack/simulated-stack.ts';
import { runScript } from './run-script.ts';
import type { Script, ScriptOutcome } from './script.ts';
import { addressesNamed, checkOnHost, othersPerSecond } from './script-needs.ts';
import type { ScriptRun } from './script-bench.ts';
import { ScriptWatch } from './script-watch.ts';

export interface Simulation {
  /** Integer from 0 to 2^32 - 1. The same seed gives the same events. */
  readonly seed: number;
  /** In place of the script's own. */
  readonly profile?: ResolvedProfile;
  /** Where the events go; nowhere by default. */
  readonly sink?: EventSink;
  readonly maxSeconds?: number;
  readonly stop?: ScriptRun['stop'];
  breathe?(): Promise<void>;
}

/** A profile given beside a script: its name, or a profile file's content and the file's name. */
export type ProfileBeside = string | { readonly file: string; readonly content: unknown };

/**
 * The host a script is run on: what its own profile says over its base. A profile given beside it
 * goes over that, key by key: another base poses as another Windows, and the script's addresses and
 * ranges stay unless a file names its own.
 * @throws LabError `usage` or `refused` for a profile that is none
 */
export function profileOfScript({ profile: own }: Script, beside?: ProfileBeside): ResolvedProfile {
  const changed = Object.keys(own ?? {}).some((key) => key !== 'base');
  let resolved: ResolvedProfile;
  if (beside === undefined) {
    resolved = resolveProfile(own ?? {});
  } else if (typeof beside === 'string') {
    resolved = resolveProfile({ ...own, base: namedProfile(beside).name });
  } else {
    const { file, content } = beside;
    // By itself first: what is wrong with it is to be said of the file.
    resolveProfile(content, file);
    const over = parseProfileFile(content);
    const dynamicRanges = { ...own?.dynamicRanges, ...over.dynamicRanges };
    const assumptions = { ...own?.assumptions, ...over.assumptions };
    resolved = resolveProfile({ ...own, ...over, dynamicRanges, assumptions }, file);
  }
  return changed ? { ...resolved, name: `${resolved.name}, changed by the script` } : resolved;
}

/** The simulated host's addresses: the profile's, or where it lists none, those the script names. */
export function addressesOnHost(script: Script, { addresses }: ResolvedProfile): string[] {
  return addresses.length > 0 ? addresses.map(({ address }) => address) : addressesNamed(script);
}

/**
 * Runs a script on a simulated host, without a service and without a recording.
 * @throws LabError `usage` for a script that can't run on that host
 */
export async function simulateScript(
  script: Script,
  { seed, sink = NULL_SINK, maxSeconds = 3_600, ...rest }: Simulation,
): Promise<ScriptOutcome> {
  const profile = rest.profile ?? profileOfScript(script);
  const addresses = addressesOnHost(script, profile);
  checkOnHost(script, addresses, profile);
  const watch = new ScriptWatch(sink);
  const stack = createSimulatedStack({ sink: watch, profile, addresses, seed });
  try {
    return await runScript(script, {
      stack,
      watch,
      seed,
      maxSeconds,
      avoid: avoidedPorts(profile),
      othersPerSecond: othersPerSecond(profile.churn),
      stop: rest.stop ?? { reason: null },
      breathe: rest.breathe ?? (async () => {}),
      progress() {},
    });
  } finally {
    stack.dispose();
  }
}

/** Ranges the lab's own listeners keep out of on a simulated host. */
export function avoidedPorts({
  dynamicRanges,
  autoReuseRange,
  excludedRanges,
}: ResolvedProfile): ScriptRun['avoid'] {
  return [...Object.values(dynamicRanges), autoReuseRange, ...excludedRanges];
}
