import { describe, expect, it } from 'vitest';
import { readArguments } from '#build/test/arguments.mjs';

describe('the command line of npm test', () => {
  it('runs everything without words', () => {
    expect(readArguments([])).toMatchObject({ deep: false, vitest: [], playwright: true });
  });

  it('starts only the runner that has such files', () => {
    expect(readArguments(['product-names'])).toMatchObject({
      vitest: ['product-names'],
      playwright: false,
    });
    expect(readArguments(['lanes/start'])).toMatchObject({ vitest: undefined, playwright: true });
  });

  it('takes a pattern of names for both', () => {
    expect(readArguments(['-t', 'opens', '--deep'])).toMatchObject({
      deep: true,
      pattern: 'opens',
      vitest: ['-t', 'opens'],
      playwright: true,
    });
  });

  it('keeps options of one runner away from the other', () => {
    expect(readArguments(['--project', 'unit'])).toMatchObject({
      vitest: ['--project', 'unit'],
      playwright: false,
    });
  });
});
