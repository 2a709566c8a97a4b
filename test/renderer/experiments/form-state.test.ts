import { describe, expect, test } from 'vitest';
import { runWishSchema } from '#engine/api/run-wish.ts';
import { EXPERIMENTS, parseParameters } from '#engine/experiment/catalogue.ts';
import { experimentViews } from '#main/service/api/preview.ts';
import {
  emptyForm,
  wishOf,
  type FormContext,
  type FormState,
} from '#renderer/screens/experiments/form-state.ts';
import { schemaFields } from '#renderer/screens/experiments/schema-fields.ts';

const [sweep] = experimentViews();
if (sweep === undefined) throw new Error('there is no experiment');

const CONTEXT: FormContext = {
  experiment: sweep.id,
  safe: sweep.safe,
  minAddresses: 2,
  fields: schemaFields(sweep.parameters),
  simulated: true,
  byDefault: ['127.0.0.2', '127.0.0.3'],
};
const EMPTY = emptyForm('documented', 'host', 42);

function asked(change: Partial<FormState>, context: Partial<FormContext> = {}) {
  return wishOf({ ...EMPTY, ...change }, { ...CONTEXT, ...context });
}

describe('a form as a wish', () => {
  test('untouched, says no more than where, and the seed that is previewed', () => {
    const { wish, problems } = asked({});
    expect(problems).toEqual({});
    expect(wish).toEqual({
      experiment: 'sweep',
      stack: 'auto',
      parameters: {},
      exhaustive: false,
      addresses: ['127.0.0.2', '127.0.0.3'],
      profile: 'documented',
      seed: 42,
    });
  });

  test('is one the contract takes, whatever is filled in', () => {
    const { wish, problems } = asked({
      stack: 'simulated',
      source: 'typed',
      typed: '10.0.0.1-10.0.0.3',
      parameters: { hold: '100', coverage: '0.8', ports: '1' },
      reserveKind: 'number',
      reserve: '10,000',
      maxSockets: '500',
      maxSeconds: '2.5',
      holdSeconds: '1',
      title: ' Nightly ',
      tags: 'edge, , lab',
    });
    expect(problems).toEqual({});
    const parsed = runWishSchema.parse(wish);
    expect(parsed).toMatchObject({
      addresses: ['10.0.0.1', '10.0.0.2', '10.0.0.3'],
      reserve: { kind: 'number', ports: 10_000 },
      maxSockets: 500,
      maxSeconds: 2.5,
      holdSeconds: 1,
      title: 'Nightly',
      tags: ['edge', 'lab'],
    });
    expect(parseParameters(EXPERIMENTS[0]!, parsed.parameters)).toMatchObject({
      hold: 100,
      coverage: 0.8,
      ports: 1,
    });
  });

  test('leaves out what stands at its default, so that the console command stays short', () => {
    expect(
      asked({ parameters: { hold: '200', protocol: 'tcp', laps: '' } }).wish.parameters,
    ).toEqual({});
    expect(asked({ reserve: '80' }).wish.reserve).toBeUndefined();
    expect(asked({ reserve: '50' }).wish.reserve).toEqual({ kind: 'percent', percent: 50 });
    expect(asked({ reserve: '80', reserveKind: 'number' }).wish.reserve).toEqual({
      kind: 'number',
      ports: 80,
    });
  });

  test('says the family only where no address says it', () => {
    expect(asked({ family: 'ipv6' }, { byDefault: [] }).wish).toMatchObject({
      parameters: { family: 'ipv6' },
    });
    const named = asked({ family: 'ipv6', picked: ['fd00::1', 'fd00::2'] }).wish;
    expect(named.parameters).toEqual({});
    expect(named.addresses).toEqual(['fd00::1', 'fd00::2']);
  });

  test('on real sockets has neither profile nor seed nor typed addresses', () => {
    const { wish } = asked(
      { stack: 'winsock', source: 'typed', typed: '10.9.9.9' },
      { simulated: false },
    );
    expect(wish).not.toHaveProperty('profile');
    expect(wish).not.toHaveProperty('seed');
    expect(wish.addresses).toEqual(['127.0.0.2', '127.0.0.3']);
  });

  test('leaves the profile its own addresses', () => {
    expect(asked({ source: 'profile' }).wish.addresses).toBeUndefined();
  });

  test('never asks a safe experiment to go below the reserve', () => {
    expect(asked({ exhaustive: true }).wish.exhaustive).toBe(false);
    expect(asked({ exhaustive: true }, { safe: false }).wish.exhaustive).toBe(true);
  });

  test('is held back by what no wish can say, at its field', () => {
    const { problems } = asked({ maxSockets: '1.5', maxSeconds: 'ten', reserve: '-1', picked: [] });
    expect(Object.keys(problems).toSorted()).toEqual([
      'addresses',
      'maxSeconds',
      'maxSockets',
      'reserve',
    ]);
  });
});
