import { expect, it } from 'vitest';
import type { HostFacts } from '#engine/model/host-facts.ts';
import type { ClaimResult } from '#engine/run/run-document.ts';
import { knownProblems } from '#engine/verdict/known-problems.ts';
import { sampleHost } from '../../main/host-sample.ts';

const HEALTHY: Partial<HostFacts> = { autoReuseRange: { start: 10_000, count: 500 } };

function problems(more: Partial<HostFacts>, claims: readonly ClaimResult[] = []) {
  const host = sampleHost({ ...HEALTHY, ...more });
  return knownProblems({ host, basis: 'measured', claims });
}

function ps2(
  addressClass: ClaimResult['addressClass'],
  outcome: ClaimResult['outcome'],
): ClaimResult {
  return { id: 'PS-2', outcome, basis: 'measured', addressClass, because: 'made up' };
}

const OLD: Partial<HostFacts> = {
  os: { name: 'Windows Server 2008 R2', build: '7601', productType: 'server' },
};

it('finds none on a host as it comes with an auto-reuse range set', () => {
  expect(problems({})).toEqual([]);
});

it('finds none on a model or on Wine, whatever the machine below is', () => {
  const host = sampleHost({ roles: ['dns-server'] });
  for (const basis of ['modelled', 'wine'] as const) {
    expect(knownProblems({ host, basis, claims: [] })).toEqual([]);
  }
});

it('names KB2826167 where one adapter does not share and two do', () => {
  const claims = [ps2('same-nic', 'refuted'), ps2('different-nics', 'confirmed')];
  expect(problems({}, claims)).toMatchObject([{ id: 'kb2826167', severity: 'error' }]);
});

it('suspects KB2826167 on its builds only, where one adapter is all there was', () => {
  const claims = [ps2('same-nic', 'refuted')];
  expect(problems(OLD, claims)).toMatchObject([{ id: 'kb2826167', severity: 'warning' }]);
  expect(problems({}, claims)).toEqual([]);
  expect(problems(OLD, [ps2('different-nics', 'refuted')])).toEqual([]);
  expect(problems(OLD, [ps2('same-nic', 'inconclusive')])).toEqual([]);
});

it('says that SO_REUSE_UNICASTPORT gains nothing without a range; nothing where that is unknown', () => {
  const [found] = problems({ autoReuseRange: { start: 0, count: 0 } });
  expect(found?.id).toBe('auto-reuse-range-empty');
  expect(problems({ autoReuseRange: null })).toEqual([]);
});

it('counts blocks of exactly 100 that no administrator made, inside the range', () => {
  const block = (start: number, more = {}) =>
    ({ protocol: 'tcp', family: 'ipv4', start, count: 100, administered: false, ...more }) as const;
  const [found, ...more] = problems({
    excludedRanges: [
      block(49_673),
      block(49_773),
      block(5_000),
      block(51_000, { administered: true }),
      block(52_000, { count: 99 }),
    ],
  });
  expect(found).toMatchObject({ id: 'winnat-blocks', severity: 'info' });
  expect(found?.text).toMatch(/^2 blocks of 100 ports are excluded .* 200 of its 16,384 ports/);
  expect(more).toEqual([]);
});

it('tells of a range moved to 1025', () => {
  const range = { start: 1_025, count: 64_510 };
  const usual = { start: 49_152, count: 16_384 };
  const [found] = problems({
    dynamicRanges: { tcp4: range, tcp6: usual, udp4: range, udp6: null },
  });
  expect(found?.id).toBe('range-moved');
  expect(found?.text).toContain('of tcp4, udp4 was moved: it begins at 1025 and has 64,510 ports');
});

it('tells of the ports DNS Server keeps, where the role is there', () => {
  expect(problems({ roles: ['dns-server'] })).toMatchObject([{ id: 'dns-socket-pool' }]);
  expect(problems({ roles: null })).toEqual([]);
});

it('says of each what to do', () => {
  const found = problems({
    roles: ['dns-server'],
    autoReuseRange: { start: 0, count: 0 },
    dynamicRanges: { ...sampleHost().dynamicRanges, tcp4: { start: 1_025, count: 60_000 } },
  });
  expect(found).toHaveLength(3);
  for (const { text } of found) expect(text).toMatch(/ Do: .*\.$/);
});
