import { describe, expect, it } from 'vitest';
import { DEFAULT_ASSUMPTIONS, listSwitches } from '#engine/profile/assumptions.ts';
import { SAME_SWITCH } from '#engine/profile/documented-rules.ts';
import { hostWith } from './stack-under-test.ts';
import { CALL_CASES } from './switches/call-cases.ts';
import type { SwitchCase } from './switches/case.ts';
import { PICK_CASES } from './switches/pick-cases.ts';
import { SHARING_CASES } from './switches/sharing-cases.ts';
import { TIME_CASES } from './switches/time-cases.ts';

const CASES: Readonly<Record<string, SwitchCase>> = {
  ...SHARING_CASES,
  ...CALL_CASES,
  ...TIME_CASES,
  ...PICK_CASES,
};

/** Switches that have one value, so nothing of them can be seen. */
const ONE_VALUE = {
  A5: 'users: as A4, whoever they are',
  A30: 'compartments: one is modelled',
  'PS-3': 'the ceiling follows from the sharing rules',
  'PS-5': 'starvation follows from PS-4',
};

const SWITCHES = listSwitches(DEFAULT_ASSUMPTIONS).filter(
  ({ id }) => !Object.hasOwn(SAME_SWITCH, id),
);

describe('every switch changes what a host answers', () => {
  it('has a case for each value of each switch that has several', () => {
    const several = SWITCHES.filter(({ values }) => values.length > 1);
    const valuesById = Object.fromEntries(
      several.map(({ id, values }) => [id, [...values].sort()]),
    );
    const seenById = Object.fromEntries(
      Object.entries(CASES).map(([id, { seen }]) => [id, Object.keys(seen).sort()]),
    );
    expect(seenById).toEqual(valuesById);
  });

  it('knows the switches that have one', () => {
    const single = SWITCHES.filter(({ values }) => values.length === 1);
    expect(single.map(({ id }) => id).sort()).toEqual(Object.keys(ONE_VALUE).sort());
  });

  for (const [id, { about, observe, seen }] of Object.entries(CASES)) {
    it(`${id}: ${about}`, () => {
      const observed = Object.fromEntries(
        Object.keys(seen).map((value) => [
          value,
          observe((profile) => hostWith({ [id]: value }, profile)),
        ]),
      );
      expect(observed).toEqual(seen);
      const different = new Set(Object.values(observed).map((value) => JSON.stringify(value)));
      expect(different.size, 'each value shows').toBe(Object.keys(seen).length);
    });
  }

  for (const [alias, id] of Object.entries(SAME_SWITCH)) {
    it(`${alias} is ${id} by another name`, () => {
      const { observe, seen } = CASES[id]!;
      for (const [value, expected] of Object.entries(seen)) {
        expect(observe((profile) => hostWith({ [alias]: value }, profile))).toEqual(expected);
      }
    });
  }
});
