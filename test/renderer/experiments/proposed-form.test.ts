import { expect, test } from 'vitest';
import { runWishSchema, type RunWishInput } from '#engine/api/run-wish.ts';
import { experimentViews } from '#main/service/api/preview.ts';
import { emptyForm, wishOf } from '#renderer/screens/experiments/form-state.ts';
import { profileAddresses } from '#renderer/screens/experiments/profile-addresses.ts';
import { proposedForm } from '#renderer/screens/experiments/proposed-form.ts';
import { schemaFields } from '#renderer/screens/experiments/schema-fields.ts';

const capacity = experimentViews().find(({ id }) => id === 'capacity')!;
const BLANK = emptyForm('documented', 'profile', 42);

function saidAgain(wish: RunWishInput): unknown {
  const { wish: again, problems } = wishOf(proposedForm(BLANK, wish), {
    experiment: capacity.id,
    safe: capacity.safe,
    minAddresses: capacity.minAddresses,
    fields: schemaFields(capacity.parameters),
    simulated: true,
    byDefault: [],
  });
  expect(problems).toEqual({});
  return runWishSchema.parse(again);
}

test('a proposed run, left as it is, is the run that is asked for', () => {
  const wish: RunWishInput = {
    experiment: 'capacity',
    stack: 'simulated',
    profile: {
      file: 'planned.json',
      content: { base: 'documented', addresses: ['10.0.0.1', { address: '10.0.0.2' }] },
    },
    addresses: ['10.0.0.1', '10.0.0.2'],
    parameters: { arms: 'legacy' },
    reserve: { kind: 'number', ports: 300 },
    maxSockets: 5_000,
    exhaustive: true,
    seed: 7,
    title: 'Planned',
  };
  expect(saidAgain(wish)).toEqual(runWishSchema.parse(wish));
});

test('a proposal without addresses takes the profile’s own', () => {
  const wish: RunWishInput = {
    experiment: 'capacity',
    stack: 'simulated',
    profile: 'windows-11',
    seed: 7,
  };
  expect(saidAgain(wish)).toEqual(runWishSchema.parse(wish));
});

test('a profile of one’s own brings the addresses it names, in either way', () => {
  const content = { addresses: ['10.0.0.1', { address: '10.0.0.2', adapter: 'b' }] };
  const own = { profile: 'own.json', ownProfile: { file: 'own.json', content } };
  const known = [{ name: 'documented', addresses: [{ address: '10.1.0.1', adapter: 'a' }] }];
  expect(profileAddresses(own, known)).toEqual(['10.0.0.1', '10.0.0.2']);
  expect(profileAddresses({ ...own, profile: 'documented' }, known)).toEqual(['10.1.0.1']);
  const without = { ...own, ownProfile: { file: 'own.json', content: {} } };
  expect(profileAddresses(without, known)).toEqual([]);
});
