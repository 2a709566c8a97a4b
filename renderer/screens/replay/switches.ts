import {
  DEFAULT_ASSUMPTIONS,
  listSwitches,
  type AssumptionSwitch,
  type Assumptions,
} from '#engine/profile/assumptions.ts';

/** All switches of a model, as they are set. */
export function switchesOf(assumptions: Readonly<Record<string, string>>): AssumptionSwitch[] {
  return listSwitches({ ...DEFAULT_ASSUMPTIONS, ...assumptions } as Assumptions);
}

export function switchOf(
  assumptions: Readonly<Record<string, string>>,
  id: string,
): AssumptionSwitch | undefined {
  return switchesOf(assumptions).find((one) => one.id === id);
}

/** What else it could be set to. */
export function otherValues({ value, values }: AssumptionSwitch): string[] {
  return values.filter((other) => other !== value);
}

/** Those that can be set to something else, each once. */
export function settable(assumptions: Readonly<Record<string, string>>): AssumptionSwitch[] {
  return switchesOf(assumptions).filter(
    ({ id, switch: own, values }) => id === own && values.length > 1,
  );
}
