import { LabError } from '../model/lab-error.ts';
import type { AssumptionDefinition, EvidenceMark } from './assumption-definition.ts';
import { DOCUMENTED_RULES, SAME_SWITCH } from './documented-rules.ts';
import { NAMED_EXTRAS } from './named-extras.ts';
import { OPEN_QUESTIONS } from './open-questions.ts';

const DEFINITIONS = { ...OPEN_QUESTIONS, ...DOCUMENTED_RULES, ...NAMED_EXTRAS };

/** A switch of its own. */
export type AssumptionId = keyof typeof DEFINITIONS;
/** Another id of one: PS-4 sets A3. */
export type AssumptionAlias = keyof typeof SAME_SWITCH;

/** A value for every switch. */
export type Assumptions = {
  readonly [Id in AssumptionId]: (typeof DEFINITIONS)[Id]['values'][number];
};

/** One row of `portlab profiles show`. */
export interface AssumptionSwitch {
  readonly id: AssumptionId | AssumptionAlias;
  /** The switch it sets: itself, or the one an alias stands for. */
  readonly switch: AssumptionId;
  readonly name: string;
  readonly about: string;
  readonly value: string;
  readonly default: string;
  readonly values: readonly string[];
  readonly mark: EvidenceMark;
  readonly source: string;
}

const IDS = Object.keys(DEFINITIONS) as AssumptionId[];
const ALIASES = Object.keys(SAME_SWITCH) as AssumptionAlias[];

function definition(id: AssumptionId): AssumptionDefinition {
  return DEFINITIONS[id];
}

export const DEFAULT_ASSUMPTIONS = Object.fromEntries(
  IDS.map((id) => [id, definition(id).values[0]]),
) as Assumptions;

/** Every id, with the value it has in `assumptions`; aliases have the value of their switch. */
export function listSwitches(assumptions: Assumptions): AssumptionSwitch[] {
  const row = (id: AssumptionSwitch['id'], of: AssumptionId): AssumptionSwitch => {
    const { name, about, values, mark, source } = definition(of);
    const value = assumptions[of];
    return { id, switch: of, name, about, value, default: values[0], values, mark, source };
  };
  return [
    ...IDS.map((id) => row(id, id)),
    ...ALIASES.map((alias) => row(alias, SAME_SWITCH[alias])),
  ];
}

/**
 * Sets the switches a profile names over those of its base.
 * @throws LabError `usage`: unknown id or value, or two ids of one switch that disagree;
 *   `refused`: a value the engine can't model yet
 */
export function withAssumptions(
  base: Assumptions,
  named: Readonly<Record<string, string | number>>,
): Assumptions {
  const set = new Map<AssumptionId, string>();
  for (const [key, given] of Object.entries(named)) {
    const id = switchOf(key);
    const value = checked(key, id, String(given));
    if ((set.get(id) ?? value) !== value) {
      throw new LabError(
        'usage',
        `profile: assumptions.${key} = ${value}, but ${id} = ${set.get(id)}: they are one switch`,
        `name only one of ${key} and ${id}`,
      );
    }
    set.set(id, value);
  }
  const merged: Assumptions = { ...base, ...Object.fromEntries(set) };
  const { A19, A20 } = merged;
  if (A20 !== 'none' && (A19 === 'pack' || A19 === 'spread') && A19 !== A20) {
    throw new LabError(
      'usage',
      `profile: assumptions.A19 = ${A19} and A20 = ${A20} ask for different picks`,
      'set A20 alone, or both alike',
    );
  }
  return merged;
}

function switchOf(key: string): AssumptionId {
  if (Object.hasOwn(SAME_SWITCH, key)) return SAME_SWITCH[key as AssumptionAlias];
  if (Object.hasOwn(DEFINITIONS, key)) return key as AssumptionId;
  const meant = meantBy(key);
  throw new LabError(
    'usage',
    `profile: assumptions.${key} is no assumption`,
    meant === undefined
      ? `ids are A1 to A30, PS-1 to PS-9, ${Object.keys(NAMED_EXTRAS).join(', ')}; see: portlab profiles show documented`
      : `write ${meant}`,
  );
}

/** The id of a switch that was named otherwise: in the wrong case, or by its title. */
function meantBy(key: string): string | undefined {
  const same = key.toLowerCase();
  return (
    [...IDS, ...ALIASES].find((id) => id.toLowerCase() === same) ??
    IDS.find((id) => definition(id).name.toLowerCase() === same)
  );
}

function checked(key: string, id: AssumptionId, value: string): string {
  const { name, values } = definition(id);
  if (values.includes(value)) return value;
  if (values.length === 1) {
    throw new LabError(
      'refused',
      `profile: assumptions.${key} (${name}) = ${value} is not modelled yet`,
      `leave it at ${values[0]}`,
    );
  }
  throw new LabError(
    'usage',
    `profile: assumptions.${key} (${name}) can't be ${value}`,
    `use one of: ${values.join(', ')}`,
  );
}
