import { DEFAULT_ASSUMPTIONS, listSwitches } from './assumptions.ts';
import { MARK_WORDS } from './profile-switches.ts';
import { stanceOf } from './shipped-profiles.ts';

/** A switch as a run recorded it, for reading; an id this version doesn't know keeps its value. */
export interface RecordedSwitch {
  readonly id: string;
  readonly value: string;
  /** The lab's default, where the run assumed something else. */
  readonly other: string | null;
  readonly about: string | null;
  /** What the evidence mark stands for. */
  readonly standing: string | null;
  readonly source: string | null;
}

const KNOWN = new Map(listSwitches(DEFAULT_ASSUMPTIONS).map((entry) => [String(entry.id), entry]));

/**
 * The assumptions of a run's profile, in the order recorded, with the evidence that the shipped
 * profile it stands on has for them. Read with care: the run may be an older lab's, or anybody's.
 * @param resolved the profile as recorded, whatever it holds
 */
export function recordedSwitches({
  name,
  resolved,
}: {
  readonly name: string;
  readonly resolved: Readonly<Record<string, unknown>>;
}): RecordedSwitch[] {
  const { assumptions, base } = resolved;
  const of = typeof base === 'string' ? base : name;
  return entriesOf(assumptions).map(([id, value]) => {
    const known = KNOWN.get(id);
    if (known === undefined) {
      return { id, value, other: null, about: null, standing: null, source: null };
    }
    const stance = stanceOf(of, id);
    const evidence = stance?.value === value ? stance : known;
    return {
      id,
      value,
      other: known.default === value ? null : known.default,
      about: known.about,
      standing: MARK_WORDS[evidence.mark],
      source: evidence.source,
    };
  });
}

function entriesOf(assumptions: unknown): [string, string][] {
  if (assumptions === undefined || assumptions === null) return [];
  if (typeof assumptions !== 'object') return [['assumptions', text(assumptions)]];
  return Object.entries(assumptions).map(([id, value]) => [id, text(value)]);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'none');
}
