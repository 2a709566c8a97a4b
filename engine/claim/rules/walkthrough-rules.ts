import { describeCode } from '../../model/winsock-error.ts';
import type { ExperimentRules } from '../experiment-rules.ts';
import {
  STEPS,
  type Walk,
  type WalkStep,
  type WalkthroughEvidence,
} from './walkthrough-evidence.ts';

/**
 * The eight steps settle no claim: the page says the second bind works "even when all ports have been
 * allocated", and nothing was full here.
 */
export const WALKTHROUGH_RULES: ExperimentRules<'walkthrough'> = {
  claims: {},
  answers: () => [],
  sentence: ({ own }) => sentence(own),
};

function sentence({ listener, listenerCode, control, walk }: WalkthroughEvidence): string {
  if (listener === null) {
    return `not settled: the lab got no listener of its own to connect to (${describeCode(listenerCode)}), so no step was tried.`;
  }
  if (walk === null) return 'not settled: the steps were not tried.';
  const failed = failedStep(walk);
  if (failed === undefined) {
    const [first, second] = walk.bound.map(({ address, port }) => `port ${port} of ${address}`);
    return `all eight steps of Microsoft’s page go through, with connections from ${first} and ${second}${unread(walk)}; whether a number can be given twice is not shown by that, the sweep experiment shows it.`;
  }
  return `step ${failed.step} of 8 fails, ${does(failed)}: ${describeCode(failed.code)}; ${inControl(control, failed)}.`;
}

function failedStep({ steps }: Walk): WalkStep | undefined {
  return steps.find(({ code }) => code !== 0);
}

function does({ step }: WalkStep): string {
  return STEPS[step - 1]?.does ?? '';
}

/** An option that is accepted but can't be read back is told: it may be ignored. */
function unread({ reads }: Walk): string {
  const refused = reads.find((read) => read < 0);
  if (refused !== undefined) {
    return `, but the option can’t be read back (${describeCode(-refused)}), so it may be ignored`;
  }
  return reads.some((read) => read === 0) ? ', but the option reads back as off' : '';
}

function inControl(control: Walk | null, failed: WalkStep): string {
  const failedToo = control === null ? undefined : failedStep(control);
  if (failedToo === undefined) {
    return control === null
      ? 'the steps were not tried without the option'
      : 'without the option the other steps go through, so it is the option';
  }
  return `without the option step ${failedToo.step} fails too (${describeCode(failedToo.code)}), so it is ${
    failedToo.step === failed.step ? 'not the option' : 'not clear that it is the option'
  }`;
}
