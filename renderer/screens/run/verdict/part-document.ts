import type { RunSeries } from '#engine/analysis/run-series.ts';
import type { Part, RunDocument } from '#engine/run/run-document.ts';
import { experimentName } from '../../runs/run-words.ts';

/** One experiment of a run that has several, as if it had been run alone: for its arms and charts. */
export function partDocument(document: RunDocument, part: Part, series: RunSeries): RunDocument {
  const own = new Set(part.arms.map(({ index }) => index));
  const peaks = series.arms.filter(({ index }) => own.has(index)).map(({ peakHeld }) => peakHeld);
  const { experiments: _, ...whole } = document;
  return {
    ...whole,
    run: { ...document.run, experiment: part.id },
    parameters: { ...document.parameters, ...part.parameters },
    measures: part.measures,
    arms: part.arms,
    claims: part.claims,
    verdict: part.verdict,
    // The run's peak would make another part's binds look like ports held.
    safety: { ...document.safety, peakHeld: Math.max(0, ...peaks) },
  };
}

/** `11 of 13 complete, 1 not run, 1 did not end by itself`. */
export function partsHint(parts: readonly Part[]): string {
  const of = (...wanted: Part['status'][]): number =>
    parts.filter(({ status }) => wanted.includes(status)).length;
  const [complete, refused] = [of('complete'), of('refused')];
  const others = parts.length - complete - refused;
  return [
    `${complete} of ${parts.length} complete`,
    ...(refused === 0 ? [] : [`${refused} not run`]),
    ...(others === 0 ? [] : [`${others} did not end by ${others === 1 ? 'itself' : 'themselves'}`]),
  ].join(', ');
}

/** A name a part; those that run twice, say over both protocols, are told apart. */
export function partNames(parts: readonly Part[]): string[] {
  return parts.map((part, at) => {
    const name = experimentName(part.id);
    const alike = parts.filter(({ id }) => id === part.id);
    if (alike.length === 1) return name;
    const protocols = new Set(alike.map(({ parameters }) => parameters['protocol']));
    const protocol = part.parameters['protocol'];
    return typeof protocol === 'string' && protocols.size === alike.length
      ? `${name} over ${protocol.toUpperCase()}`
      : `${name}, ${parts.slice(0, at + 1).filter(({ id }) => id === part.id).length}`;
  });
}
