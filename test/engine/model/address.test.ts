import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '#engine/model/address.ts';

describe('addresses', () => {
  test('every IPv4 address comes back as it is written', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(parseAddress(text)?.text).toBe(text);
      }),
    );
  });

  test('every IPv6 address is canonical after one reading', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const once = parseAddress(text);
        expect(once?.family).toBe('ipv6');
        expect(parseAddress(once?.text ?? '')).toEqual(once);
        expect(once?.bytes).toHaveLength(16);
      }),
    );
  });

  test.each([
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.1'],
    ['fe80::1%12', 'fe80::1%12'],
    ['::', '::'],
  ])('%s is spelled %s', (typed, canonical) => {
    expect(parseAddress(typed)?.text).toBe(canonical);
  });

  test.each([
    '',
    '10.1',
    '10.0.0.256',
    '010.0.0.1',
    '0x7f.0.0.1',
    '1e1.0.0.1',
    ' 10.0.0.1',
    '10.0.0.1 ',
    'host',
    '1::2::3',
    'fe80::1%',
    '10.0.0.1%1',
    '-1.0.0.0',
  ])('"%s" is refused', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  test('knows loopback, wildcard and scope', () => {
    expect(parseAddress('127.9.9.9')?.loopback).toBe(true);
    expect(parseAddress('::1')?.loopback).toBe(true);
    expect(parseAddress('10.0.0.1')?.loopback).toBe(false);
    expect(parseAddress('0.0.0.0')?.wildcard).toBe(true);
    expect(parseAddress('fe80::1%12')?.scope).toBe(12);
  });
});
