import { describe, expect, it } from 'vitest';
import { selfStated, verdictBasis } from '#engine/claim/verdict-basis.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { sampleRun } from '#test/report/sample-run.ts';

const SIMULATED = sampleRun({ basis: 'modelled', usable: 100 }).document;

function posing(content: unknown, more: Partial<RunDocument> = {}): RunDocument {
  const resolved = { ...resolveProfile(content, 'mine') };
  const run = { ...SIMULATED.run, profile: { name: 'mine', resolved } };
  return { ...SIMULATED, ...more, run };
}

function idsOf(document: RunDocument): string[] {
  return verdictBasis(document).map(({ id }) => id);
}

describe('what the verdict of a simulated run rests on', () => {
  it('is told by its experiment, its addresses and its claims', () => {
    expect(verdictBasis(SIMULATED).map(({ id, claims }) => [id, claims])).toEqual(
      ['PS-1', 'A1', 'A14', 'A22', 'A28'].map((id) => [id, ['PS-1', 'PS-2']]),
    );
  });

  it('follows protocol and family of the run', () => {
    expect(idsOf(posing({}, { parameters: { protocol: 'udp', family: 'ipv6' } }))).toEqual(
      expect.arrayContaining(['A12', 'A13']),
    );
    expect(idsOf(posing({}))).not.toContain('A12');
    expect(idsOf(posing({}))).not.toContain('A13');
  });

  it('follows the modelled host, as far as it is of the run’s protocol and family', () => {
    const excluded = (range: object) =>
      posing({ excludedRanges: [{ start: 50_000, count: 9, ...range }] });
    expect(idsOf(excluded({ protocol: 'tcp' }))).toContain('A29');
    expect(idsOf(excluded({ protocol: 'udp' }))).not.toContain('A29');
    expect(idsOf(excluded({ protocol: 'tcp', family: 'ipv6' }))).not.toContain('A29');
    expect(idsOf(posing({ autoReuseRange: { start: 50_000, count: 9 } }))).toContain('A26');
    expect(idsOf(posing({ autoReuseRange: { start: 50_000, count: 0 } }))).not.toContain('A26');
    expect(idsOf(posing({ assumptions: { A22: 'time-wait' } }))).toContain('A21');
    const holders = [{ protocol: 'tcp', address: '0.0.0.0', start: 50_000 }];
    expect(idsOf(posing({ holders }))).toEqual(expect.arrayContaining(['A2', 'A10', 'A15']));
    const churn = [{ protocol: 'tcp', address: '0.0.0.0', perSecond: 1, holdSeconds: 1 }];
    expect(idsOf(posing({ churn }))).toContain('A2');
  });

  it('is nothing where no claim was tested, and nothing on real sockets', () => {
    expect(idsOf({ ...SIMULATED, claims: [] })).toEqual([]);
    const untested = SIMULATED.claims.map((claim) => ({ ...claim, outcome: 'untested' as const }));
    expect(idsOf({ ...SIMULATED, claims: untested })).toEqual([]);
    expect(idsOf(sampleRun({ usable: 100 }).document)).toEqual([]);
    expect(idsOf(sampleRun({ basis: 'wine', usable: 100 }).document)).toEqual([]);
  });

  it('is found in any recorded profile without a fault', () => {
    for (const resolved of [
      {},
      { excludedRanges: 'x', holders: null, autoReuseRange: 7, assumptions: [] },
      { excludedRanges: [null, 1, 'x', []], churn: [undefined], autoReuseRange: { count: 'x' } },
    ]) {
      const run = { ...SIMULATED.run, profile: { name: 'x', resolved } };
      expect(idsOf({ ...SIMULATED, run })).toEqual(idsOf(SIMULATED));
    }
  });

  it('names those that say what the claims say', () => {
    const basis = verdictBasis(SIMULATED);
    expect(selfStated(basis)).toEqual(['PS-1', 'A1']);
    expect(selfStated(basis.filter(({ id }) => id !== 'PS-1'))).toEqual(['A1']);
    expect(selfStated([])).toEqual([]);
  });
});
