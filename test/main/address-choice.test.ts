import { describe, expect, test } from 'vitest';
import { LabError } from '#engine/model/lab-error.ts';
import { chooseAddresses, familyOf, type AddressWish } from '#main/service/address-choice.ts';
import { address, sampleHost } from './host-sample.ts';

const LOOPBACK = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5'];

function choose(wish: Partial<AddressWish>, host = sampleHost()): string[] {
  return chooseAddresses(
    { named: undefined, family: 'ipv4', ofProfile: [], stack: 'winsock', minimum: 2, ...wish },
    host,
  );
}

function refusal(wish: Partial<AddressWish>, host = sampleHost()): string {
  try {
    choose(wish, host);
  } catch (error) {
    if (error instanceof LabError) return `${error.kind}: ${error.message}`;
    throw error;
  }
  return 'not refused';
}

describe('left out', () => {
  test('the host’s usable addresses are taken', () => {
    expect(choose({})).toEqual(['10.0.0.1', '10.0.0.2']);
  });

  test('addresses that are no default choice are not, and fewer than two mean loopback', () => {
    const tentative = address('10.0.0.2', { state: 'tentative', notDefaultBecause: 'tentative' });
    expect(choose({}, sampleHost({ addresses: [address('10.0.0.1'), tentative] }))).toEqual(
      LOOPBACK,
    );
    expect(choose({}, sampleHost({ addresses: [] }))).toEqual(LOOPBACK);
  });

  test('a simulated profile’s own come first', () => {
    expect(choose({ stack: 'simulated', ofProfile: ['10.1.0.1', '10.1.0.2'] })).toEqual([
      '10.1.0.1',
      '10.1.0.2',
    ]);
    expect(choose({ stack: 'winsock', ofProfile: ['10.1.0.1', '10.1.0.2'] })).toEqual([
      '10.0.0.1',
      '10.0.0.2',
    ]);
  });

  test('IPv6 has no loopback stand-ins', () => {
    expect(refusal({ family: 'ipv6' })).toMatch(/^refused: .*IPv6/);
  });
});

describe('named', () => {
  test('loopback counts as the host’s own, and spelling is made canonical', () => {
    expect(choose({ named: ['127.9.9.9', '10.0.0.1'] })).toEqual(['127.9.9.9', '10.0.0.1']);
    const v6 = sampleHost({ addresses: [address('2001:db8::1'), address('2001:db8::2')] });
    expect(choose({ named: ['2001:DB8::1', '2001:db8:0::2'], family: 'ipv6' }, v6)).toEqual([
      '2001:db8::1',
      '2001:db8::2',
    ]);
  });

  test('the simulated stack takes any list', () => {
    expect(choose({ stack: 'simulated', named: ['192.168.7.1', '192.168.7.2'] })).toHaveLength(2);
  });

  test.each<[string, string[], RegExp]>([
    ['malformed', ['10.0.0.1', 'nonsense'], /^usage: .*nonsense/],
    ['not on this host', ['10.0.0.1', '10.9.9.9'], /^usage: .*10\.9\.9\.9/],
    ['twice', ['10.0.0.1', '10.0.0.1'], /^usage: .*twice/],
    ['the wildcard', ['0.0.0.0', '10.0.0.1'], /^usage: .*wildcard/],
    ['another family', ['10.0.0.1', '::1'], /^usage: .*not ipv4/],
    ['too few', ['10.0.0.1'], /^refused: .*needs 2/],
  ])('%s', (_what, named, message) => {
    expect(refusal({ named })).toMatch(message);
  });
});

test('the family of a list is what all of it agrees on', () => {
  expect(familyOf(['10.0.0.1', '10.0.0.2'])).toBe('ipv4');
  expect(familyOf(['::1', 'fe80::1%3'])).toBe('ipv6');
  expect(familyOf(['::1', '10.0.0.1'])).toBeUndefined();
});
