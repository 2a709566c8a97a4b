import { z } from 'zod';
import { LabError } from '../model/lab-error.ts';
import { capacityExperiment } from './filling/capacity-experiment.ts';
import { connectReuseExperiment } from './connecting/connect-reuse-experiment.ts';
import { timeWaitExperiment } from './connecting/time-wait-experiment.ts';
import type { ExperimentId } from '../claim/evidence.ts';
import type { Experiment } from './experiment.ts';
import { fullExperiment } from './full/full-experiment.ts';
import type { CommonParameters } from './parameters.ts';
import { churnExperiment } from './filling/churn-experiment.ts';
import { mixedLoadExperiment } from './filling/mixed-load-experiment.ts';
import { starvationExperiment } from './filling/starvation-experiment.ts';
import { optionConflictExperiment } from './binding/option-conflict-experiment.ts';
import { exclusivityExperiment } from './binding/exclusivity-experiment.ts';
import { walkthroughExperiment } from './connecting/walkthrough-experiment.ts';
import { bindMatrixExperiment } from './binding/bind-matrix-experiment.ts';
import { crossProcessExperiment } from './sharing/cross-process-experiment.ts';
import { lateOptionExperiment } from './sharing/late-option-experiment.ts';
import { sameAdapterExperiment } from './sharing/same-adapter-experiment.ts';
import { wildcardAddressExperiment } from './sharing/wildcard-address-experiment.ts';
import { verifyPlanExperiment } from './planning/verify-plan-experiment.ts';
import { sweepExperiment } from './sharing/sweep-experiment.ts';

/** What a full run is made of, the safe ones first. */
const SINGLE: readonly Experiment[] = [
  erase(sweepExperiment),
  erase(lateOptionExperiment),
  erase(wildcardAddressExperiment),
  erase(crossProcessExperiment),
  erase(sameAdapterExperiment),
  erase(optionConflictExperiment),
  erase(connectReuseExperiment),
  erase(timeWaitExperiment),
  erase(exclusivityExperiment),
  erase(walkthroughExperiment),
  erase(bindMatrixExperiment),
  erase(capacityExperiment),
  erase(starvationExperiment),
  erase(mixedLoadExperiment),
  erase(churnExperiment),
];

/** Every experiment, the safe ones first; then the one for a plan, and the one that runs all others. */
export const EXPERIMENTS: readonly Experiment[] = [
  ...SINGLE,
  erase(verifyPlanExperiment),
  erase(fullExperiment(SINGLE)),
];

/** @throws LabError (usage) naming the experiments there are */
export function findExperiment(id: string): Experiment {
  const found = EXPERIMENTS.find((experiment) => experiment.id === id);
  if (found !== undefined) return found;
  throw new LabError(
    'usage',
    `there is no experiment "${id}"`,
    `choose one of: ${EXPERIMENTS.map((experiment) => experiment.id).join(', ')}`,
  );
}

/** An experiment's parameters from `--set k=v` pairs: defaults filled in. @throws LabError (usage) */
export function parseParameters(
  experiment: Experiment,
  pairs: Readonly<Record<string, string>>,
): CommonParameters {
  const values = Object.fromEntries(
    Object.entries(pairs).map(([key, text]) => [key, numberOrText(text)]),
  );
  const parsed = experiment.parameters.safeParse(values);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : undefined;
  const known = Object.keys(
    (z.toJSONSchema(experiment.parameters, { io: 'input' }).properties as object) ?? {},
  );
  throw unknown === undefined
    ? new LabError(
        'usage',
        `--set ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not acceptable'}`,
        `see: portlab experiments --json, parameters of ${experiment.id}`,
      )
    : new LabError(
        'usage',
        `--set ${unknown}: ${experiment.id} has no such parameter`,
        `it takes: ${known.join(', ')}`,
      );
}

function numberOrText(text: string): string | number {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/**
 * The runner hands an experiment only what its own schema parsed, and its evidence only to its own
 * rules, so the catalogue may forget both.
 */
function erase<P extends CommonParameters, E extends ExperimentId>(
  experiment: Experiment<P, E>,
): Experiment {
  return experiment as unknown as Experiment;
}
