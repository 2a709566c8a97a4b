import { duration, thousands } from '#engine/model/words.ts';
import type { PlanCheck } from '#engine/planner/check-plan.ts';

/** What checking a plan by simulation came to, ready to be read. */
export interface CheckWords {
  readonly tone: 'ok' | 'warn';
  readonly words: string;
}

/** @param tookMs the time the simulation took, ms */
export function checkWords(check: PlanCheck, tookMs: number): CheckWords {
  const took = duration(Math.max(1, Math.round(tookMs)) * 1e6);
  if (check.met === true) return { tone: 'ok', words: `checked by simulation, ${took}` };
  if (check.met === null) {
    return {
      tone: 'warn',
      words: `check cut short, ${check.cutShort ?? 'it could not tell'}: it held so far, ${took}`,
    };
  }
  return {
    tone: 'warn',
    words: `the simulation disagrees: ${thousands(check.held)} of ${thousands(check.capacity)} were held, ${took}`,
  };
}
