import { describe, expect, it } from 'vitest';
import { CLAIM_IDS, type ClaimId } from '#engine/claim/claims.ts';
import { mergeClaims } from '#engine/claim/merge-claims.ts';
import { EXPERIMENTS } from '#engine/experiment/catalogue.ts';
import { SHIPPED_PROFILES } from '#engine/profile/shipped-profiles.ts';
import type { ClaimOutcome, ClaimResult } from '#engine/run/run-document.ts';
import { runOnModel } from './simulated-lab.ts';

/** Small enough for every experiment on every profile to take a second or two. */
const RANGE = { start: 50_000, count: 400 };

/** What every experiment together says of a modelled host, exhaustive ones included. */
async function claimsOn(
  base: string,
  second: 'same' | 'other',
  more: object = {},
): Promise<Partial<Record<ClaimId, ClaimOutcome>>> {
  const said: ClaimResult[] = [];
  for (const { id } of EXPERIMENTS) {
    // The full run is these; two adapters can't show what one does.
    if (id === 'full' || (id === 'same-adapter' && second === 'other')) continue;
    const { claims, open } = await runOnModel({
      experiment: id,
      parameters: id === 'capacity' ? { arms: 'all' } : {},
      exhaustive: true,
      reserve: { kind: 'number', ports: 0 },
      profile: {
        base,
        dynamicRanges: { tcp4: RANGE, udp4: RANGE },
        addresses: [
          { address: '10.0.0.1', adapter: 'a' },
          { address: '10.0.0.2', adapter: second === 'same' ? 'a' : 'b' },
        ],
        ...more,
      },
    });
    expect(open, id).toBe(0);
    expect(
      claims.every(({ basis }) => basis === 'modelled'),
      id,
    ).toBe(true);
    said.push(...claims);
  }
  return Object.fromEntries(mergeClaims(said).map(({ id, outcome }) => [id, outcome]));
}

type Outcomes = Readonly<Record<ClaimId, 'confirmed' | 'refuted' | 'inconclusive'>>;

const all = (outcome: 'confirmed' | 'inconclusive'): Outcomes =>
  Object.fromEntries(CLAIM_IDS.map((id) => [id, outcome])) as Outcomes;

/** As Microsoft's page says; without an auto-reuse range the preferred option gains nothing. */
const DOCUMENTED: Outcomes = { ...all('confirmed'), 'prefer-unicast': 'refuted' };
/** Before SO_REUSE_UNICASTPORT there is nothing to prefer, or to conflict with. */
const OLDER: Outcomes = {
  ...all('confirmed'),
  'PS-9': 'inconclusive',
  'prefer-unicast': 'inconclusive',
};
/** Clients do what the page says servers do. */
const CLIENT: Outcomes = { ...DOCUMENTED, platform: 'refuted' };

const OTHERS: Readonly<Record<string, Outcomes>> = {
  'windows-server-2008': OLDER,
  'windows-server-2008r2': OLDER,
  'windows-server-2008r2-unpatched': OLDER,
  'windows-10': CLIENT,
  'windows-11': CLIENT,
  // Addresses have ranges of their own without any option, so nothing shows what the option does.
  'wine-8': { ...all('inconclusive'), 'PS-1': 'refuted', 'prefer-unicast': 'refuted' },
};

describe('each profile gives for each claim what its assumptions imply', () => {
  it.each(SHIPPED_PROFILES.map(({ name }) => name))('%s, across two adapters', async (name) => {
    expect(await claimsOn(name, 'other')).toEqual(OTHERS[name] ?? DOCUMENTED);
  });

  it('windows-server-2008r2-unpatched, on one adapter: numbers are not shared there (KB2826167)', async () => {
    expect(await claimsOn('windows-server-2008r2-unpatched', 'same')).toEqual({
      ...all('inconclusive'),
      'PS-1': 'confirmed',
      'PS-2': 'refuted',
      'PS-3': 'refuted',
      'own-pool': 'confirmed',
    });
  });

  it('documented, on one adapter: as across two', async () => {
    expect(await claimsOn('documented', 'same')).toEqual(DOCUMENTED);
  });

  it('with an auto-reuse range the preferred option is worth preferring', async () => {
    const range = { autoReuseRange: { start: 40_000, count: 200 } };
    expect(await claimsOn('windows-server-2022', 'other', range)).toEqual(all('confirmed'));
  });
});
