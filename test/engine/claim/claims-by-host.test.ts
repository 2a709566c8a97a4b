import { describe, expect, it } from 'vitest';
import { claimsByHost } from '#engine/claim/claims-by-host.ts';
import { CLAIM_IDS, CLAIMS } from '#engine/claim/claims.ts';
import type { ClaimResult, RunDocument } from '#engine/run/run-document.ts';
import { sampleDocument } from '../../data/sample-run.ts';

let made = 0;

/** A run on a host that says one thing of PS-2; newer than those made before. */
function run(
  outcome: ClaimResult['outcome'],
  basis: ClaimResult['basis'] = 'measured',
  more: { hostname?: string; profile?: string } = {},
): RunDocument {
  const document = sampleDocument(`run-${++made}`, 'complete');
  const { hostname = 'edge', profile } = more;
  return {
    ...document,
    run: {
      ...document.run,
      host: { ...document.run.host, hostname },
      profile: profile === undefined ? null : { name: profile, resolved: {} },
    },
    claims: [{ id: 'PS-2', outcome, basis, addressClass: 'same-nic', because: 'a test' }],
  };
}

function ps2(...runs: RunDocument[]) {
  return claimsByHost(runs.toReversed()).find(({ id }) => id === 'PS-2')?.hosts ?? [];
}

describe('claims by host', () => {
  it('has every documented claim, tested or not', () => {
    const rows = claimsByHost([]);
    expect(rows.map(({ id }) => id)).toEqual(CLAIMS.map(({ id }) => id));
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining([...CLAIM_IDS]));
    for (const { text, source, hosts } of rows) {
      expect(text.length).toBeGreaterThan(20);
      expect(source).not.toBe('');
      expect(hosts).toEqual([]);
    }
  });

  it('never merges what was measured with Wine or a model, nor one profile with another', () => {
    const hosts = ps2(
      run('confirmed', 'modelled', { profile: 'documented' }),
      run('refuted', 'modelled', { profile: 'wine-8' }),
      run('inconclusive', 'wine'),
      run('confirmed'),
      run('refuted', 'measured', { hostname: 'mail' }),
    );
    expect(
      hosts.map(({ basis, host, profile, outcome }) => [basis, host, profile, outcome]),
    ).toEqual([
      ['measured', 'mail', null, 'refuted'],
      ['measured', 'edge', null, 'confirmed'],
      ['wine', 'edge', null, 'inconclusive'],
      ['modelled', 'edge', 'wine-8', 'refuted'],
      ['modelled', 'edge', 'documented', 'confirmed'],
    ]);
  });

  it('lets settled beat inconclusive, and names the runs that say so, newest first', () => {
    const [first, second, third] = [run('confirmed'), run('inconclusive'), run('confirmed')];
    expect(ps2(first, second, third)).toMatchObject([
      { outcome: 'confirmed', runs: [third.run.id, first.run.id] },
    ]);
  });

  it('takes confirmed against refuted as inconclusive, whatever else is said, and in any order', () => {
    const runs = [run('confirmed'), run('refuted'), run('inconclusive'), run('confirmed')];
    for (const order of [runs, runs.toReversed(), [runs[1]!, runs[0]!, runs[3]!, runs[2]!]]) {
      const [only] = ps2(...order);
      expect(only?.outcome).toBe('inconclusive');
      expect(only?.runs).toHaveLength(3);
      expect(only?.runs).not.toContain(runs[2]!.run.id);
    }
  });

  it('keeps a claim of another version of the lab, under its id', () => {
    const odd = run('confirmed');
    const document = { ...odd, claims: [{ ...odd.claims[0]!, id: 'valueOf' }] };
    const last = claimsByHost([document]).at(-1);
    expect(last).toMatchObject({ id: 'valueOf', hosts: [{ outcome: 'confirmed' }] });
  });
});
