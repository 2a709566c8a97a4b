import { describe, expect, test } from 'vitest';
import { parseScript } from '#engine/script/parse-script.ts';
import { scriptJsonSchema } from '#engine/script/script-schema.ts';
import { checkOnWinsock } from '#engine/script/script-needs.ts';
import { simulateScript } from '#engine/script/simulate-script.ts';
import { missWords } from '#engine/script/step-words.ts';
import { SHIPPED, inFolder } from './shipped-scenarios.ts';

/** On real sockets too. */
const EVERYWHERE = [
  'two-address',
  'starvation',
  'exclusivity',
  'late-option',
  'wildcard-address',
  'unicast-reuse',
];

test('the scenarios of the page and of the other ways to get ports are there', () => {
  expect(SHIPPED.map(({ name }) => name.replace('.jsonc', '')).toSorted()).toEqual(
    [
      ...EVERYWHERE,
      'time-wait',
      'own-pool-reservation',
      'own-pool-heuristics',
      'cross-process',
      'connect-collision',
    ].toSorted(),
  );
});

describe.each(SHIPPED)('$name', ({ name, text }) => {
  const script = parseScript(text);

  test('every expectation comes true, whatever the seed', async () => {
    for (const seed of [0, 1, 7, 4_294_967_295]) {
      const { steps, ok, ended } = await simulateScript(script, { seed });
      const missed = steps
        .filter(({ expectation }) => expectation === 'failed')
        .map((result) => `${result.index}: ${missWords(script.steps[result.index]!, result)}`);
      expect(missed).toEqual([]);
      expect(steps.some(({ expectation }) => expectation === 'met')).toBe(true);
      expect({ ok, ended }).toEqual({ ok: true, ended: 'done' });
    }
  });

  test('editors find its schema, and its readers find it', () => {
    expect(script.source).toMatchObject({ $schema: './script.schema.json' });
    expect(text).toMatch(/^\/\/ /);
    expect(script.title).not.toMatch(/untitled/i);
    expect(inFolder('README.md')).toContain(`\`${name}\``);
  });
});

test.each(SHIPPED.filter(({ name }) => EVERYWHERE.includes(name.replace('.jsonc', ''))))(
  '$name can be run by real sockets: loopback addresses, one process',
  ({ text }) => {
    checkOnWinsock(parseScript(text));
    const addresses = text.match(/\d+\.\d+\.\d+\.\d+/g) ?? [];
    expect(addresses.filter((address) => !/^(127\.|0\.0\.0\.0)/.test(address))).toEqual([]);
  },
);

test('an assumption that decides a scenario makes it fail when it is switched', async () => {
  const text = SHIPPED.find(({ name }) => name === 'cross-process.jsonc')?.text ?? '';
  const script = parseScript(text.replace('"A4": "host-wide"', '"A4": "same-process-only"'));
  const { steps, ok } = await simulateScript(script, { seed: 1 });
  expect(ok).toBe(false);
  expect(steps[1]).toMatchObject({ ok: false, code: 10_055, bound: 0, expectation: 'failed' });
});

test('the JSON Schema beside the scenarios is that of the code: else run build/script-schema.mjs', () => {
  const written: unknown = JSON.parse(inFolder('script.schema.json'));
  expect(written).toEqual(JSON.parse(JSON.stringify(scriptJsonSchema())));
});
