import { count } from '#engine/model/words.ts';
import type { Finding, RunDocument } from '#engine/run/run-document.ts';
import { SCRIPT_EXPERIMENT } from '#engine/run/run-words.ts';
import type { StepRecord } from '#engine/run/script-record.ts';
import type { ScriptOutcome, StepResult } from '#engine/script/script.ts';
import { answerWords, missWords, stepWords } from '#engine/script/step-words.ts';
import { findingsOf } from '#engine/verdict/findings.ts';
import { aboutWords } from '#engine/verdict/verdict.ts';
import { capitalised, newHead, type Made } from '../judge-run.ts';
import type { ScriptExecution } from './execute-script.ts';
import type { PreparedScript } from './prepare-script.ts';
import { STATUS_OF_ENDED } from './script-document.ts';
import { scriptCommandOf } from './script-request.ts';

/** Missed expectations that are told one by one. */
const MOST_MISSES = 50;

/** The document of a script's run that begins now. The script itself is kept, so that it can be run again. */
export function initialScriptDocument(prepared: PreparedScript, made: Made): RunDocument {
  const { request, script, host, seed, limits } = prepared;
  return {
    run: newHead(prepared, made, {
      experiment: SCRIPT_EXPERIMENT,
      title: request.title ?? script.title,
      addresses: prepared.named,
    }),
    parameters: { script: script.source },
    measures: {},
    arms: [],
    claims: [],
    findings: [],
    verdict: 'The script has not ended.',
    safety: {
      exhaustive: prepared.belowReserve,
      reserve: limits.reserve,
      maxSockets: limits.maxSockets,
      maxSeconds: limits.maxSeconds,
      peakHeld: 0,
      openAfter: 0,
    },
    command: scriptCommandOf(request, { stack: host.stack, seed }),
  };
}

/** The document of a script's run that has ended: how its expectations came out. */
export function finalScriptDocument(
  initial: RunDocument,
  prepared: PreparedScript,
  execution: ScriptExecution,
): RunDocument {
  const { durationNs, peakHeld, openAfter, result, failure } = execution;
  const outcome = result ?? { steps: [], ended: 'failed', ok: false };
  const ended = failure === null ? outcome.ended : 'failed';
  const tally = tallyOf(outcome.steps);
  const { title } = prepared.script;
  return {
    ...initial,
    script: { title, stack: initial.run.stack, ok: ended === 'done' && outcome.ok },
    steps: outcome.steps.map((result) => recordOf(prepared, result)),
    run: { ...initial.run, status: STATUS_OF_ENDED[ended], durationNs },
    measures: { steps: outcome.steps.length, ...tally },
    findings: [
      ...execution.findings,
      ...hostFindings(prepared),
      ...missFindings(prepared, outcome.steps),
    ],
    verdict: capitalised(aboutScript(prepared) + sentence(prepared, outcome, ended)),
    safety: { ...initial.safety, peakHeld, openAfter },
  };
}

/** A step's answer as it is kept. The ports of a fill are in its events. */
function recordOf(
  { script }: PreparedScript,
  { ports: _inEvents, ...result }: StepResult,
): StepRecord {
  const step = script.steps[result.index];
  const answered = { ...result, ports: [] };
  return {
    ...result,
    call: step === undefined ? result.op : stepWords(step),
    answer: answerWords(answered),
    missed:
      result.expectation === 'failed' && step !== undefined ? missWords(step, answered) : null,
  };
}

function tallyOf(steps: readonly StepResult[]): { expectations: number; expectationsMet: number } {
  const met = steps.filter(({ expectation }) => expectation === 'met').length;
  const failed = steps.filter(({ expectation }) => expectation === 'failed').length;
  return { expectations: met + failed, expectationsMet: met };
}

function aboutScript({ basis, profile }: PreparedScript): string {
  return aboutWords({ basis, profile: profile?.name ?? null });
}

function sentence(
  { script, limits }: PreparedScript,
  { steps }: ScriptOutcome,
  ended: ScriptOutcome['ended'],
): string {
  const next = steps.length;
  const { expectations, expectationsMet } = tallyOf(steps);
  if (ended === 'failed') return 'the script failed before its end.';
  if (ended === 'cancelled') return `the script was ended before step ${next} was done.`;
  if (ended === 'stopped-for-safety') {
    return `the script was stopped for safety before step ${next} was done.`;
  }
  if (ended === 'max-seconds') {
    return `the script took longer than ${limits.maxSeconds} s and was ended at step ${next}.`;
  }
  const all = count(script.steps.length, 'step');
  if (expectations === 0) return `${all} run; the script expects nothing.`;
  if (expectationsMet === expectations) {
    return `${all} run, ${expectations === 1 ? 'its one expectation is' : `all ${expectations} expectations are`} met.`;
  }
  const first = steps.find(({ expectation }) => expectation === 'failed');
  return (
    `${expectations - expectationsMet} of ${count(expectations, 'expectation')} failed, ` +
    `first at step ${first?.index} (${first?.op}).`
  );
}

/** Where the answers come from, and what is odd about the host. */
function hostFindings(prepared: PreparedScript): Finding[] {
  const { basis, host, addressClass, limits, exhaustion, othersUnknown } = prepared;
  return findingsOf({
    basis,
    host,
    addressClass,
    unusedAddresses: [],
    arms: [],
    usable: null,
    limits,
    exhaustion,
    othersUnknown,
    // A script states its own counts: there is no coverage, and nothing to limit.
  }).filter(({ id }) => id !== 'range-unknown');
}

function missFindings({ script }: PreparedScript, steps: readonly StepResult[]): Finding[] {
  const missed = steps.filter(({ expectation }) => expectation === 'failed');
  const told = missed.slice(0, MOST_MISSES).map((result): Finding => {
    const step = script.steps[result.index];
    return {
      id: `step-${result.index}`,
      severity: 'error',
      text: `Step ${result.index} (${result.op}): ${step === undefined ? 'not as expected' : missWords(step, result)}. Do: see which assumption the step rests on (portlab profiles show), or correct the expectation.`,
    };
  });
  const rest = missed.length - told.length;
  if (rest === 0) return told;
  const text = `${count(rest, 'further expectation')} failed. Do: run the script again with --json, which lists every step.`;
  return [...told, { id: 'steps-more', severity: 'error', text }];
}
