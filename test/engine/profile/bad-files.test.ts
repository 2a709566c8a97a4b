import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { LabError } from '#engine/model/lab-error.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';

function errorOf(content: unknown, name?: string): LabError {
  try {
    resolveProfile(content, name);
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
  throw new Error(`accepted: ${JSON.stringify(content)}`);
}

const range = (start: unknown, count: unknown) => ({ dynamicRanges: { tcp4: { start, count } } });
const holder = (more: object) => ({
  holders: [{ protocol: 'tcp', address: '10.0.0.1', start: 5_000, ...more }],
});
const churn = (more: object) => ({
  churn: [{ protocol: 'tcp', address: '0.0.0.0', perSecond: 1, holdSeconds: 1, ...more }],
});
const manyAddresses = Array.from({ length: 4_097 }, (_, n) => `10.1.${n >> 8}.${n & 255}`);
const exclusion = { protocol: 'tcp', start: 50_000, count: 1 };

describe('a bad profile file is refused, and the error says what and where', () => {
  test.each<[unknown, string]>([
    [null, 'the file must be an object'],
    ['documented', 'the file must be an object'],
    [[], 'the file must be an object'],
    [{ adresses: [] }, 'the file has an unknown field: adresses'],
    [{ base: 7 }, 'base must be a text'],
    [{ base: 'windows-95' }, 'unknown profile windows-95'],
    [{ base: 'mine.json' }, 'unknown profile mine.json'],
    [{ dynamicRanges: { tcp5: { start: 1, count: 1 } } }, 'unknown field: tcp5'],
    [{ dynamicRanges: { tcp4: null } }, 'dynamicRanges.tcp4 must be an object'],
    [range(0, 10), 'dynamicRanges.tcp4.start must be at least 1'],
    [range(49_152, 0), 'dynamicRanges.tcp4.count must be at least 1'],
    [range(65_536, 1), 'dynamicRanges.tcp4.start must be at most 65535'],
    [range(65_000, 1_000), 'dynamicRanges.tcp4 reaches beyond port 65535'],
    [range(1.5, 10), 'dynamicRanges.tcp4.start must be a whole number'],
    [range('1', 10), 'dynamicRanges.tcp4.start must be a number'],
    [range(1, undefined), 'dynamicRanges.tcp4.count is missing'],
    [{ excludedRanges: [{ protocol: 'sctp', start: 1, count: 1 }] }, 'one of: tcp, udp'],
    [{ excludedRanges: [{ ...exclusion, family: 'ipv5' }] }, 'excludedRanges.0.family'],
    [{ excludedRanges: [{ ...exclusion, administered: 'no' }] }, 'must be true or false'],
    [{ excludedRanges: [exclusion, { ...exclusion, count: 0 }] }, 'excludedRanges.1.count'],
    [{ excludedRanges: [{ ...exclusion, start: 65_535, count: 2 }] }, 'excludedRanges.0 reaches'],
    [{ excludedRanges: Array(1_001).fill(exclusion) }, 'excludedRanges has more than 1000'],
    [{ autoReuseRange: { start: 0, count: 5 } }, 'autoReuseRange begins at port 0'],
    [{ autoReuseRange: { start: 65_000, count: 600 } }, 'autoReuseRange reaches beyond'],
    [{ autoReuseRange: { start: 1 } }, 'autoReuseRange.count is missing'],
    [{ bindMatrix: { tcp: { rows: ['S'] } } }, 'bindMatrix.tcp.rows'],
    [{ bindMatrix: { tcp: { rows: Array(6).fill('S S S S S X') } } }, 'bindMatrix.tcp.rows.0'],
    [{ bindMatrix: { sctp: {} } }, 'unknown field: sctp'],
    [{ addresses: '10.0.0.1' }, 'addresses must be a list'],
    [{ addresses: ['10.0.0'] }, 'addresses.0 (10.0.0) is no local address'],
    [{ addresses: ['10.0.0.01'] }, 'addresses.0'],
    [{ addresses: ['10.0.0.1', '0.0.0.0'] }, 'addresses.1 (0.0.0.0) is no local address'],
    [{ addresses: ['224.0.0.1'] }, 'addresses.0'],
    [{ addresses: ['255.255.255.255'] }, 'addresses.0'],
    [{ addresses: ['ff02::1'] }, 'addresses.0'],
    [{ addresses: ['::ffff:10.0.0.1'] }, 'addresses.0'],
    [{ addresses: ['::1', '0::1'] }, 'addresses.1 (::1) is listed twice'],
    [{ addresses: [`fe80::1%${'x'.repeat(80)}`] }, 'longer than 64 characters'],
    [{ addresses: [7] }, 'addresses.0 has none of the forms'],
    [{ addresses: [{ address: '10.0.0.1' }] }, 'addresses.0.adapter is missing'],
    [{ addresses: [{ address: '10.0.0.1', adapter: '' }] }, 'addresses.0.adapter is empty'],
    [{ addresses: manyAddresses }, 'addresses has more than 4096 entries'],
    [{ assumptions: [] }, 'assumptions must be an object'],
    [{ assumptions: { A1: true } }, 'assumptions.A1 has none of the forms'],
    [{ assumptions: { A99: 'x' } }, 'assumptions.A99 is no assumption'],
    [{ assumptions: { toString: 'x' } }, 'assumptions.toString'],
    [JSON.parse('{"assumptions":{"__proto__":"x"}}'), 'assumptions.__proto__'],
    [JSON.parse('{"__proto__":{"base":"wine-8"}}'), 'unknown field: __proto__'],
    [{ assumptions: { A14: 'linux' } }, "assumptions.A14 (exhaustionError) can't be linux"],
    [{ assumptions: { A21: 121 } }, 'assumptions.A21'],
    [{ assumptions: { A21: -1 } }, 'assumptions.A21'],
    [{ assumptions: { wrongFamily: 10_048 } }, 'assumptions.wrongFamily'],
    [{ assumptions: { A3: 'blocked', 'PS-4': 'allowed' } }, 'one switch'],
    [{ assumptions: { A19: 'pack', A20: 'spread' } }, 'A20'],
    [holder({ start: 0 }), 'holders.0.start must be at least 1'],
    [holder({ count: 60_537 }), 'holders.0 reaches beyond'],
    [holder({ kind: 'deferred' }), 'holders.0.kind must be one of: legacy, option, explicit'],
    [holder({ mode: 'shared' }), 'holders.0.mode'],
    [holder({ address: 'server' }), 'holders.0.address (server) is no local address'],
    [holder({ address: '239.1.1.1' }), 'holders.0.address'],
    [holder({ port: 80 }), 'holders.0 has an unknown field: port'],
    [{ holders: Array(1_001).fill(holder({}).holders[0]) }, 'holders has more than 1000'],
    [
      { holders: Array(20).fill(holder({ start: 1, count: 60_000 }).holders[0]) },
      'holders hold more than 1000000 ports together',
    ],
    [churn({ perSecond: 0 }), 'churn.0.perSecond must be more than 0'],
    [churn({ perSecond: 2_000_000 }), 'churn.0.perSecond must be at most 1000000'],
    [churn({ holdSeconds: -1 }), 'churn.0.holdSeconds'],
    [churn({ kind: 'explicit' }), 'churn.0.kind must be one of: legacy, option'],
    [churn({ address: '10.0.0.256' }), 'churn.0.address (10.0.0.256) is no local address'],
    [{ churn: Array(101).fill(churn({}).churn[0]) }, 'churn has more than 100'],
  ])('%j', (content, named) => {
    const error = errorOf(content);
    expect(error.kind).toBe('usage');
    expect(error.message).toContain(named);
    expect(error.message).not.toContain('\n');
    expect(error.hint).not.toBe('');
  });

  it('the error names the file', () => {
    expect(errorOf({ assumptions: { A99: 'x' } }, 'branch.json').message).toMatch(
      /^profile branch\.json: assumptions\.A99/,
    );
  });

  it('a switch named otherwise is told by its id', () => {
    expect(errorOf({ assumptions: { a14: 'wine' } }).hint).toBe('write A14');
    expect(errorOf({ assumptions: { exhaustionError: 'wine' } }).hint).toBe('write A14');
    expect(errorOf({ assumptions: { UnicastPort: 'known' } }).hint).toBe('write unicastPort');
  });

  it('what has one value only is refused, not misunderstood', () => {
    for (const id of ['A5', 'A30', 'PS-3', 'PS-5']) {
      expect(errorOf({ assumptions: { [id]: 'otherwise' } }).kind, id).toBe('refused');
    }
  });
});

test('whatever is in a file, it is resolved or refused in one line', () => {
  const text = fc.oneof(
    fc.constantFrom('documented', 'wine-8', '10.0.0.1', '::', 'A1', 'tcp', 'legacy', '__proto__'),
    fc.string(),
  );
  const value = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.integer({ min: -1, max: 70_000 }),
      fc.constantFrom(null, true, 0.5, 1e300),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.dictionary(
        fc.oneof(
          text,
          fc.constantFrom('start', 'count', 'address', 'adapter', 'protocol', 'tcp4', 'A21'),
        ),
        tie('node'),
        { maxKeys: 4 },
      ),
    ),
  })).node;
  const fields = [
    'base',
    'addresses',
    'dynamicRanges',
    'excludedRanges',
    'autoReuseRange',
    'assumptions',
    'holders',
    'churn',
  ];
  fc.assert(
    fc.property(
      fc.oneof(value, fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 3 })),
      (content) => {
        try {
          const { name, addresses } = resolveProfile(content, 'file');
          expect(name).toBe('file');
          expect(addresses.length).toBeLessThanOrEqual(4_096);
        } catch (error) {
          if (!(error instanceof LabError)) throw error;
          expect(error.message).toMatch(/^profile file: \S/);
          expect(error.message).not.toContain('undefined');
        }
      },
    ),
    { numRuns: 2_000 },
  );
});
