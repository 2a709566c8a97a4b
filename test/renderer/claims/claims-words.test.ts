import { describe, expect, test } from 'vitest';
import type { ClaimRow, HostOutcome } from '#engine/claim/claims-by-host.ts';
import { claimsSentence, placeWords } from '#renderer/screens/claims/claims-words.ts';

const HOST: HostOutcome = {
  host: 'edge',
  build: '10.0.20348',
  wine: null,
  profile: null,
  outcome: 'confirmed',
  basis: 'measured',
  addressClass: 'same-nic',
  runs: ['one'],
};

function rows(...hosts: HostOutcome[][]): ClaimRow[] {
  return hosts.map((each, at) => ({
    id: `C-${at}`,
    text: 'a claim',
    source: 'a page',
    hosts: each,
  }));
}

describe('the answer of the claims screen', () => {
  test('Wine and models count for nothing', () => {
    const model = { ...HOST, basis: 'modelled' as const, profile: 'documented' };
    const wine = { ...HOST, basis: 'wine' as const, wine: '8.0' };
    expect(claimsSentence(rows([model], [wine], []))).toBe(
      'None of 3 claims has been tested on a real Windows yet.',
    );
  });

  test('counts claims, not runs, and says on how many hosts', () => {
    const refuted = { ...HOST, host: 'mail', outcome: 'refuted' as const };
    expect(claimsSentence(rows([HOST, refuted], [HOST], []))).toBe(
      'Of 3 claims, on 2 real hosts: 2 confirmed, 1 refuted.',
    );
  });

  test('a place is a host with its build, Wine on a machine, or a profile', () => {
    expect(placeWords(HOST)).toBe('edge, 10.0.20348');
    expect(placeWords({ ...HOST, basis: 'wine', wine: '8.0' })).toBe('Wine 8.0 on edge');
    expect(placeWords({ ...HOST, basis: 'modelled', profile: 'wine-8' })).toBe('profile wine-8');
  });
});
