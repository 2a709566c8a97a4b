import { listSwitches, type AssumptionSwitch } from './assumptions.ts';
import { NAMED_EXTRAS } from './named-extras.ts';
import type { ResolvedProfile } from './resolved-profile.ts';
import { stanceOf } from './shipped-profiles.ts';

/** The kinds of switches, in the order people read them. */
export const SWITCH_GROUPS = ['documented rules', 'open questions', 'extras'] as const;
export type SwitchGroup = (typeof SWITCH_GROUPS)[number];

/** A switch as one profile has it: with that host's evidence where it has its own. */
export interface ProfileSwitch extends AssumptionSwitch {
  readonly group: SwitchGroup;
  /** Another value than `documented`'s. */
  readonly differs: boolean;
  /** Why this host has this value; null where it is the lab's default for all. */
  readonly why: string | null;
  /** Whose value it is: a shipped profile's name, or null where a profile file set it. */
  readonly setBy: string | null;
}

/** Every switch of a profile: what it is set to, by whom, and how that is known. */
export function profileSwitches({ base, assumptions }: ResolvedProfile): ProfileSwitch[] {
  return listSwitches(assumptions).map((entry) => {
    const stance = stanceOf(base, entry.switch);
    const ofBase = stance?.value ?? entry.default;
    const evidence =
      stance !== undefined && stance.value === entry.value
        ? { mark: stance.mark, source: stance.source, why: stance.why }
        : { why: null };
    return {
      ...entry,
      ...evidence,
      group: groupOf(entry.id),
      differs: entry.value !== entry.default,
      setBy: entry.value !== ofBase ? null : stance === undefined ? 'documented' : base,
    };
  });
}

function groupOf(id: string): SwitchGroup {
  if (id.startsWith('PS-')) return 'documented rules';
  return Object.hasOwn(NAMED_EXTRAS, id) ? 'extras' : 'open questions';
}

/** What an evidence mark stands for. */
export const MARK_WORDS: Readonly<Record<AssumptionSwitch['mark'], string>> = {
  D: 'documented',
  O: 'observed in public',
  W: 'observed under Wine',
  I: 'inferred',
};
