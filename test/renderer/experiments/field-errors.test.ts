import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunWishInput } from '#engine/api/run-wish.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { fieldOfError, wordsAtField } from '#renderer/screens/experiments/field-errors.ts';
import { CONNECTIONS, type Connected } from '#test/wire/connections.ts';
import { openScreen, type Screen } from '#test/wire/screen.ts';

describe('a refusal of the real service', () => {
  let lab: Connected;
  let screen: Screen;

  beforeAll(async () => {
    lab = await CONNECTIONS[0]!.connect();
    screen = await openScreen(lab);
  });
  afterAll(() => lab.close());

  async function refusalOf(wish: Partial<RunWishInput>): Promise<LabError> {
    const base: RunWishInput = { experiment: 'sweep', stack: 'simulated' };
    try {
      await screen.client.call('preview', { wish: { ...base, ...wish } });
    } catch (thrown) {
      return LabError.from(thrown);
    }
    throw new Error('it was not refused');
  }

  test.each([
    ['set:hold', { parameters: { hold: '3000' } }],
    ['set:rate', { parameters: { rate: 'fast' } }],
    ['addresses', { parameters: { family: 'ipv5' } }],
    ['addresses', { addresses: ['10.0.0.300', '10.0.0.1'] }],
    ['addresses', { addresses: ['10.0.0.1', '10.0.0.1'] }],
    ['addresses', { addresses: ['10.0.0.1'] }],
    ['reserve', { reserve: { kind: 'number', ports: 60_000 } }],
    ['reserve', { reserve: { kind: 'percent', percent: 200 } }],
    ['maxSockets', { maxSockets: 0 }],
    ['maxSeconds', { maxSeconds: 1e9 }],
    ['holdSeconds', { holdSeconds: 4_000 }],
    ['seed', { seed: 1e12 }],
    ['title', { title: 'x'.repeat(300) }],
    ['tags', { tags: ['x'.repeat(300)] }],
    ['profile', { profile: 'no-such-profile' }],
    ['profile', { profile: { file: 'own.json', content: { base: 'no-such-profile' } } }],
  ] satisfies [string, Partial<RunWishInput>][])('belongs to %s', async (field, wish) => {
    const { message } = await refusalOf(wish);
    expect(fieldOfError(message), message).toBe(field);
    const words = wordsAtField(message);
    expect(words).not.toMatch(/^(--|preview)/);
    expect(words.charAt(0)).toBe(words.charAt(0).toUpperCase());
  });

  test('of a stack that is not here belongs to the stack', async () => {
    if (process.platform === 'win32') return;
    const { message } = await refusalOf({ stack: 'winsock' });
    expect(fieldOfError(message)).toBe('stack');
  });

  test('of the whole run belongs to no field', () => {
    expect(fieldOfError('a run is going on in this lab')).toBeNull();
  });
});
