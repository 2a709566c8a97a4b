import { LEAST_COMPARED, MOST_COMPARED, type FactGroup } from '#engine/compare/compare-document.ts';
import type { RunDocument } from '#engine/run/run-document.ts';

export const GROUP_NAMES: Readonly<Record<FactGroup, string>> = {
  run: 'Run',
  host: 'Host',
  parameters: 'Parameter',
  profile: 'Profile',
  arms: 'Arm',
  experiments: 'Experiment',
  steps: 'Step',
};

/** The runs an address inside the app names, in its order. */
export function idsIn(path: string): readonly string[] {
  return path.split(',').filter((id) => id !== '');
}

export function comparePath(ids: readonly string[]): string {
  return `/compare/${ids.map(encodeURIComponent).join(',')}`;
}

/** Why an address names nothing to compare, before the service is asked; null where it may. */
export function faultOf(ids: readonly string[]): string | null {
  if (ids.length < LEAST_COMPARED) return 'It takes two runs to compare.';
  if (ids.length > MOST_COMPARED) return `At most ${MOST_COMPARED} runs stand side by side.`;
  return new Set(ids).size < ids.length ? 'A run is named twice.' : null;
}

/** The run's title, or its experiment. */
export function runTitle({ run }: RunDocument): string {
  return run.title ?? run.experiment.slice(0, 1).toUpperCase() + run.experiment.slice(1);
}

/** What tells a run apart at a line's end: the profile of a model, else the machine. */
export function shortName({ run }: RunDocument): string {
  return run.profile?.name ?? run.host.hostname;
}

/** Where its figures come from: `EDGE-01, Windows Server 2022, build 20348`, or the profile. */
export function sourceWords({ run }: RunDocument): string {
  const { profile, host } = run;
  if (profile !== null) return `profile ${profile.name}`;
  const wine = host.wine === null ? '' : ` on Wine ${host.wine}`;
  return `${host.hostname}, ${host.os.name}${wine}, build ${host.os.build}`;
}

/** Why there is nothing to draw on the same axes. */
export function noChartsWords(runs: readonly { readonly document: RunDocument }[]): string {
  const several = runs.some(({ document }) => document.experiments !== undefined);
  const ran = new Set(runs.map(({ document }) => document.run.experiment));
  if (several || ran.size > 1) {
    return 'No charts: arms share axes only in runs of one and the same experiment.';
  }
  return 'No charts: no arm bound enough ports to draw.';
}
