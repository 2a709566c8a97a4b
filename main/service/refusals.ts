import { PROTECTED_ROLES } from '#engine/experiment/roles.ts';
import {
  isWithin,
  timeOfDay,
  timeWindowText,
  type TimeWindow,
} from '#engine/experiment/time-window.ts';
import type { HostFacts } from '#engine/model/host-facts.ts';

/** Why something must not start, and what would let it. */
export interface Refusal {
  readonly message: string;
  readonly hint: string;
}

/** What time it is; handed in, so that a test can say. */
export type Clock = () => Date;

const INSTEAD =
  'use a lab host or --stack simulated, or here a safe experiment (portlab run sweep); only a policy could allow it, and this version reads none';

/**
 * Why real sockets must not go below the reserve on this host, typed name or not: what it is to others.
 * A host whose roles could not be read may be anything.
 */
export function roleRefusal({ hostname, roles = null }: HostFacts): Refusal | null {
  if (roles === null) {
    return {
      message: `whether ${hostname} is ${listOf(PROTECTED_ROLES.map(({ title }) => title))} could not be read, and on those no run may exhaust the ports`,
      hint: INSTEAD,
    };
  }
  if (roles.length === 0) return null;
  const found = PROTECTED_ROLES.filter(({ id }) => roles.includes(id));
  const reasons = found.map(({ title, because }) => `${title} (${because})`);
  // A recording of a newer lab may name roles this one doesn't know.
  const what = reasons.length === 0 ? `protected (${roles.join(', ')})` : reasons.join(' and ');
  return {
    message: `${hostname} is ${what}: no run may exhaust its ports`,
    hint: INSTEAD,
  };
}

/** Why nothing may start at this time of day. */
export function windowRefusal(window: TimeWindow | undefined, now: Date): Refusal | null {
  if (window === undefined || isWithin(window, minuteOf(now))) return null;
  return {
    message: `--only-between ${timeWindowText(window)}: it is ${timeOfDay(minuteOf(now))} on this host now`,
    hint: `start it at ${timeOfDay(window.from)} or later, or name another part of the day`,
  };
}

/** Minutes after midnight, local time. */
export function minuteOf(date: Date): number {
  return date.getHours() * 60 + date.getMinutes();
}

function listOf(titles: readonly string[]): string {
  return `${titles.slice(0, -1).join(', ')} or ${titles.at(-1)}`;
}
