import { STRATEGY_TITLE } from '#engine/model/strategy.ts';
import { describeCode } from '#engine/model/winsock-error.ts';
import { duration, thousands } from '#engine/model/words.ts';
import type { Arm, RunDocument } from '#engine/run/run-document.ts';
import { answersText } from './answers-text.ts';
import type { Console } from './console.ts';
import { modelText } from './model-text.ts';
import { partsText } from './parts-text.ts';
import { stepsTable } from './script-text.ts';
import { table } from './table.ts';

/** A run for a terminal: what it is an answer about, the answer, then the evidence. */
export function runText(document: RunDocument, out: Console): string {
  const claims = document.claims.map(
    ({ id, outcome, basis, addressClass, because }) =>
      `${id} ${outcome} (${basis}, ${addressClass}): ${because}`,
  );
  const { run, verdict, findings, safety, steps, script, experiments, answers, model } = document;
  return [
    out.dim(`${badge(document)} · ${run.experiment} · ${run.status} · ${run.host.hostname}`),
    out.bold(verdict),
    '',
    // The arms of a full run are told by its experiments; a script has neither arms nor claims.
    ...(experiments !== undefined
      ? [partsText(experiments), '']
      : document.arms.length === 0
        ? []
        : [armsTable(document.arms), '']),
    ...(steps === undefined ? [] : [out.bold(script?.title ?? run.id), stepsTable(steps), '']),
    ...(claims.length === 0 ? [] : [...claims, '']),
    ...(answers === undefined
      ? []
      : [out.bold('Open questions it answers'), answersText(answers), '']),
    ...(model === undefined ? [] : [out.bold('Model against measurement'), modelText(model), '']),
    ...findings.map(({ severity, text }) => `${severity}: ${text}`),
    '',
    `Held at most ${thousands(safety.peakHeld)} at once; ${safety.openAfter === 0 ? 'all released' : `${safety.openAfter} still open`}. ` +
      `${thousands(run.eventCount)} calls in ${duration(run.durationNs)}${run.stack === 'simulated' ? ' of virtual time' : ''}.`,
    `Recorded as ${run.id}. Report: portlab report ${run.id} --out report.html`,
  ].join('\n');
}

export function badge({ run }: Pick<RunDocument, 'run'>): string {
  if (run.stack === 'simulated') return `SIMULATED, profile ${run.profile?.name ?? 'unknown'}`;
  return run.host.wine === null ? 'REAL' : `WINE ${run.host.wine}`;
}

function armsTable(arms: readonly Arm[]): string {
  const rows = arms.flatMap((arm) => [
    [
      `${STRATEGY_TITLE[arm.strategy]}${arm.label === undefined ? '' : `: ${arm.label}`}`,
      thousands(arm.bound),
      thousands(arm.overlap),
      arm.ended,
      arm.firstError === null
        ? '–'
        : `${arm.firstError.call}: ${describeCode(arm.firstError.code)}`,
    ],
    ...perAddress(arm),
  ]);
  return table(
    [
      { title: 'Arm' },
      { title: 'Bound', right: true },
      { title: 'Numbers on 2+ addresses', right: true },
      { title: 'Ended' },
      { title: 'First error' },
    ],
    rows,
  );
}

const MOST_ADDRESSES = 16;

function perAddress(arm: Arm): string[][] {
  const entries = Object.entries(arm.perAddress);
  const shown = entries
    .slice(0, MOST_ADDRESSES)
    .map(([address, bound]) => [`  ${address}`, thousands(bound), '', '', '']);
  const hidden = entries.length - shown.length;
  return hidden > 0 ? [...shown, [`  … ${hidden} more addresses`, '', '', '', '']] : shown;
}
