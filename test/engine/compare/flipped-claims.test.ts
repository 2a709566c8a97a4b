import { describe, expect, it } from 'vitest';
import { compareRuns } from '#engine/compare/compare-runs.ts';
import type { ClaimResult, RunDocument } from '#engine/run/run-document.ts';
import { claim, runOf } from './sample-runs.ts';

function saying(id: string, ...claims: ClaimResult[]): RunDocument {
  const basis = claims[0]?.basis ?? 'measured';
  return runOf(id, { basis, document: { claims } });
}

describe('flipped claims', () => {
  it('are those that runs which tested them came to other outcomes of', () => {
    const compared = compareRuns([
      saying('one', claim('PS-2', 'confirmed'), claim('PS-3', 'confirmed')),
      saying('two', claim('PS-2', 'refuted'), claim('PS-3', 'untested')),
      saying('three', claim('PS-2', 'confirmed')),
    ]);
    expect(compared.flipped).toEqual([
      {
        claim: 'PS-2',
        addressClass: 'same-nic',
        outcomes: ['confirmed', 'refuted', 'confirmed'],
        bases: ['measured', 'measured', 'measured'],
      },
    ]);
    expect(compared.sentence).toBe('One claim flipped: PS-2 confirmed on A and C, refuted on B');
  });

  it('of a model against a measurement say which is which', () => {
    const { sentence, flipped } = compareRuns([
      saying('host', claim('PS-1', 'inconclusive'), claim('PS-6', 'confirmed')),
      saying(
        'model',
        claim('PS-1', 'confirmed', { basis: 'modelled' }),
        claim('PS-6', 'refuted', { basis: 'modelled' }),
      ),
    ]);
    // Confirmed against refuted tells more than against inconclusive.
    expect(flipped.map((flip) => flip.claim)).toEqual(['PS-6', 'PS-1']);
    expect(flipped[0]?.bases).toEqual(['measured', 'modelled']);
    expect(sentence).toBe(
      'Two claims flipped: PS-6 confirmed on A (measured), refuted on B (modelled); PS-1 inconclusive on A (measured), confirmed on B (modelled)',
    );
  });

  it('are none where one outcome is of loopback and the other of adapters: that is a caution', () => {
    const loopback: RunDocument = runOf('loopback', {
      run: { addresses: ['127.0.0.2', '127.0.0.3'] },
      document: { claims: [claim('PS-2', 'confirmed', { addressClass: 'loopback' })] },
    });
    const compared = compareRuns([loopback, saying('nic', claim('PS-2', 'refuted'))]);
    expect(compared.flipped).toEqual([]);
    expect(compared.sentence).toMatch(/^No claim was tested by two of these runs/);
    expect(compared.cautions).toContain(
      'PS-2 came out confirmed on loopback (A) and refuted on same NIC (B): no flip, since the kinds of addresses differ.',
    );
  });

  it('are counted where they are too many to name', () => {
    const outcomes = ['PS-1', 'PS-2', 'PS-3', 'PS-4', 'PS-5'];
    const { sentence } = compareRuns([
      saying('one', ...outcomes.map((id) => claim(id, 'confirmed'))),
      saying('two', ...outcomes.map((id) => claim(id, 'refuted'))),
    ]);
    expect(sentence).toMatch(/^Five claims flipped: PS-1 .*; PS-2 .*; PS-3 [^;]*; and 2 more$/);
  });

  it('are named without who says what where runs are many', () => {
    const runs = Array.from({ length: 8 }, (_, at) =>
      saying(
        `run-${at}`,
        claim('PS-1', at < 4 ? 'confirmed' : 'refuted'),
        claim('PS-2', at % 2 ? 'confirmed' : 'refuted'),
        claim('PS-6', at === 3 ? 'inconclusive' : 'refuted'),
      ),
    );
    expect(compareRuns(runs).sentence).toBe(
      'Three claims flipped among 8 runs: PS-1, PS-2 and PS-6',
    );
  });

  it('where there are none, what else differs is told', () => {
    const { sentence } = compareRuns([
      runOf('one', { usable: 700 }),
      runOf('two', { usable: 600, host: { wine: null } }),
    ]);
    expect(sentence).toContain('Nothing flipped: 2 claims came out alike');
    expect(sentence).toContain('Port scalability bound 2,400 on B instead of 2,800 on A');
  });
});
