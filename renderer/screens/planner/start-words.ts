import type { PlanStartView } from '#engine/api/views.ts';
import { utcStamp } from '../../kit/format.ts';

/** Where the host's figures come from, and by whose rules they are reckoned. */
export function startWords({ host, at }: PlanStartView): string {
  const rules = `rules of profile ${host.profile}`;
  if (host.from === 'profile') return 'A modelled host; its figures can be changed.';
  const when = at === null ? '' : ` ${utcStamp(at)}`;
  return host.from === 'host' ? `Read${when}; ${rules}.` : `As ${host.name} was${when}; ${rules}.`;
}

/** A hint without what is said to the console only: `start from a profile (--profile NAME)`. */
export function inWindow(hint: string): string {
  return hint.replaceAll(/ \(--[^)]*\)/g, '');
}
