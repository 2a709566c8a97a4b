import { describe, expect, test } from 'vitest';
import type { ExperimentView } from '#engine/api/views.ts';
import { experimentViews } from '#main/service/api/preview.ts';
import {
  catalogueSentence,
  experimentGroups,
  firstChoice,
  needs,
} from '#renderer/screens/experiments/catalogue-groups.ts';

const CATALOGUE = experimentViews();
const BASE = CATALOGUE[0]!;
const named = (id: string, safe: boolean): ExperimentView => ({ ...BASE, id, title: id, safe });

describe('the catalogue by risk', () => {
  test('has every experiment once, in the catalogue’s order within a group', () => {
    const shown = experimentGroups(CATALOGUE).flatMap(({ experiments }) => experiments);
    expect(shown.map(({ id }) => id).toSorted()).toEqual(CATALOGUE.map(({ id }) => id).toSorted());
    for (const { experiments } of experimentGroups(CATALOGUE)) {
      const places = experiments.map((one) => CATALOGUE.indexOf(one));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
  });

  test('never puts what may starve the host among the safe ones', () => {
    for (const { id, experiments } of experimentGroups(CATALOGUE)) {
      if (id === 'safe') expect(experiments.every(({ safe }) => safe)).toBe(true);
      if (id === 'exhaustive') expect(experiments.every(({ safe }) => !safe)).toBe(true);
    }
  });

  test('has what runs all of them first, but begins with the first safe one', () => {
    const full = named('full', false);
    const all = [named('churn', false), named('sweep', true), full];
    expect(experimentGroups(all).map(({ id }) => id)).toEqual(['all', 'safe', 'exhaustive']);
    expect(experimentGroups(all)[0]?.experiments).toEqual([full]);
    expect(firstChoice(all)?.id).toBe('sweep');
    expect(catalogueSentence(all)).toBe(
      'Begin with sweep, or run everything that is safe on a server in use.',
    );
    expect(catalogueSentence(all.slice(0, 2))).toBe(
      'Begin with sweep: it is safe on a server in use.',
    );
  });

  test('says nothing is safe where nothing is, and nothing where there is nothing', () => {
    expect(catalogueSentence([named('churn', false)])).toBe('Experiments');
    expect(experimentGroups([])).toEqual([]);
  });

  test('says how many addresses an experiment needs', () => {
    expect(needs({ ...BASE, minAddresses: 2, maxAddresses: null })).toBe('2 addresses or more');
    expect(needs({ ...BASE, minAddresses: 1, maxAddresses: 1 })).toBe('1 address');
    expect(needs({ ...BASE, minAddresses: 2, maxAddresses: 4 })).toBe('2 to 4 addresses');
  });
});
