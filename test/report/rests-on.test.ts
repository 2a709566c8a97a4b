import { describe, expect, it } from 'vitest';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { renderHtml } from '#report/render-html.ts';
import { readPage } from './page-reader.ts';
import { sampleRun } from './sample-run.ts';

const SIMULATED = sampleRun({ basis: 'modelled', usable: 500 });

function pageOf(change: (document: RunDocument) => Partial<RunDocument>): string {
  const { document, series } = SIMULATED;
  const page = renderHtml({
    document: { ...document, ...change(document) },
    series,
    claimTexts: {},
    generatedAt: '2026-03-05T09:00:00.000Z',
  });
  readPage(page);
  return page;
}

function posing(content: unknown): (document: RunDocument) => Partial<RunDocument> {
  return ({ run }) => ({
    run: { ...run, profile: { name: 'mine', resolved: { ...resolveProfile(content, 'mine') } } },
  });
}

function section(page: string, id: string): string {
  const found = page.split('<section').find((part) => part.includes(`aria-labelledby="${id}"`));
  return (found ?? '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

describe('the page of a simulated run', () => {
  it('says what the verdict rests on before all the rest of the profile', () => {
    const page = pageOf(() => ({}));
    expect(page.indexOf('id="rests-on"')).toBeGreaterThan(0);
    expect(page.indexOf('id="rests-on"')).toBeLessThan(page.indexOf('id="profile"'));
    const words = section(page, 'rests-on');
    for (const id of ['PS-1', 'A1', 'A14', 'A22', 'A28']) expect(words).toContain(` ${id} `);
    for (const id of ['A2', 'A12', 'A13', 'A27']) expect(words).not.toContain(` ${id} `);
    expect(words).toContain('PS-1 and A1 say what the claims say');
  });

  it('shows value, default, standing and source of each as its own profile has them', () => {
    const words = section(pageOf(posing({ base: 'wine-8' })), 'rests-on');
    expect(words).toMatch(/A1 ignored default honoured .* observed under Wine Wine 8\.0 on Linux/);
    const client = section(pageOf(posing({ base: 'windows-11' })), 'rests-on');
    expect(client).toMatch(/A1 honoured whether .* observed in public .*minimum supported client/);
  });

  it('folds the list of all assumptions away', () => {
    const page = pageOf(() => ({}));
    const folded = page
      .split('<details>')
      .find((part) => part.includes('of this profile</summary>'));
    expect(folded?.split('</details>')[0]).toContain('Assumptions about the port allocator');
  });

  it('says nothing of a verdict where no claim was tested', () => {
    expect(pageOf(() => ({ claims: [] }))).not.toContain('id="rests-on"');
  });
});

it('the page of a run on real sockets rests on no assumption', () => {
  const { document, series } = sampleRun({ usable: 500 });
  const page = renderHtml({
    document,
    series,
    claimTexts: {},
    generatedAt: document.run.startedAt,
  });
  expect(page).not.toContain('rests-on');
});
