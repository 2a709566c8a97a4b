import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { typedAddresses } from '#renderer/screens/experiments/address-text.ts';

describe('typed addresses', () => {
  test('are separated by commas, spaces, semicolons and lines', () => {
    expect(typedAddresses(' 10.0.0.1,10.0.0.2; 10.0.0.3\n\tfd00::1 ')).toEqual([
      '10.0.0.1',
      '10.0.0.2',
      '10.0.0.3',
      'fd00::1',
    ]);
    expect(typedAddresses('')).toEqual([]);
  });

  test('are counted up in a range, over the ends of an octet', () => {
    expect(typedAddresses('10.0.0.254 - 10.0.1.1')).toEqual([
      '10.0.0.254',
      '10.0.0.255',
      '10.0.1.0',
      '10.0.1.1',
    ]);
    expect(typedAddresses('10.0.0.1-10.0.3.232')).toHaveLength(1_000);
  });

  test('that are no range the service is left to judge', () => {
    for (const text of [
      '10.0.0.9-10.0.0.1',
      '10.0.0.1-10.0.0.300',
      '10.0.0.1-',
      'host-name',
      '1.2.3.4-1.2.3.5-1.2.3.6',
    ]) {
      expect(typedAddresses(text)).toEqual([text]);
    }
  });

  test('are never more than a run may name from ranges alone', () => {
    expect(typedAddresses('10.0.0.0-10.255.255.255')).toHaveLength(1);
    expect(typedAddresses('10.0.0.0-10.0.15.255,11.0.0.0-11.0.0.9')).toHaveLength(4_097);
  });

  test('take any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.-, :a\n') }), (text) => {
        for (const address of typedAddresses(text)) expect(address).not.toMatch(/[\s,;]/);
      }),
    );
  });
});
