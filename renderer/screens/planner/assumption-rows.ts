import type { SwitchAnswer } from '#engine/api/views.ts';
import { listSwitches } from '#engine/profile/assumptions.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';

/** A switch the plan rests on. */
export interface AssumptionRow {
  readonly id: string;
  readonly about: string;
  /** What the profile has it at. */
  readonly value: string;
  /** What a recorded run of that host says of it; null where none does. */
  readonly answer: SwitchAnswer | null;
}

/** @param ids as the plan names them @param answers newest first */
export function assumptionRows(
  ids: readonly string[],
  { assumptions }: ResolvedProfile,
  answers: readonly SwitchAnswer[],
): AssumptionRow[] {
  const switches = new Map(listSwitches(assumptions).map((entry) => [entry.id as string, entry]));
  return ids.map((id) => {
    const entry = switches.get(id);
    const own = answers.filter((answer) => answer.id === id);
    // Windows' own answer first: Wine's is none about Windows.
    const answer = own.find(({ basis }) => basis === 'measured') ?? own[0] ?? null;
    return { id, about: entry?.about ?? '', value: entry?.value ?? 'unknown', answer };
  });
}

/** `3, of these 2 not measured`: only what was measured on Windows counts. */
export function assumptionsHint(rows: readonly AssumptionRow[]): string {
  const open = rows.filter(
    ({ value, answer }) => answer?.basis !== 'measured' || answer.value !== value,
  ).length;
  if (open === rows.length) return 'none of it measured';
  return open === 0 ? 'all measured' : `${open} of ${rows.length} not measured`;
}
