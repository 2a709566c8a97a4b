import { describe, expect, it } from 'vitest';
import { thousands } from '#engine/model/words.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { renderHtml } from '#report/render-html.ts';
import { readPage, visibleText } from './page-reader.ts';
import { sampleAddresses, sampleRun, type SampleRun } from './sample-run.ts';

const CLAIM_TEXTS = {
  'PS-1': 'Without the option all addresses share one range.',
  'PS-2': 'With it a number may repeat on another address.',
};

function pageOf({ document, series }: SampleRun): string {
  return renderHtml({
    document,
    series,
    claimTexts: CLAIM_TEXTS,
    generatedAt: '2026-03-05T09:00:00.000Z',
  });
}

function changed(
  run: SampleRun,
  change: (document: RunDocument) => Partial<RunDocument>,
): SampleRun {
  return { ...run, document: { ...run.document, ...change(run.document) } };
}

const STEP = {
  seq: 17,
  t: 1_000,
  arm: 1,
  call: 'bind 10.0.0.2 : 0',
  host: 'port 50005',
  model: 'not 50005: held on 10.0.0.1 by a socket without the option',
  kind: 'per-address-without-option',
  text: 'numbers are shared across addresses without any option',
  assumptions: ['PS-1'],
};
const MODEL: NonNullable<RunDocument['model']> = {
  profile: 'documented',
  compared: 3_060,
  differs: 'This host differs from the documented behaviour in 1 point: numbers are shared.',
  notes: ['The host did not tell its dynamic port range.'],
  divergences: [
    {
      kind: STEP.kind,
      count: 1_530,
      text: STEP.text,
      assumptions: STEP.assumptions,
      first: STEP,
    },
  ],
  listed: [STEP],
};

const MEASURED = sampleRun({ usable: 1_530 });
const SIMULATED = sampleRun({ basis: 'modelled', usable: 16_384 });
const WINE = sampleRun({ basis: 'wine', usable: 256 });
const RUNS: [string, SampleRun][] = [
  ['measured, beside a model', changed(MEASURED, () => ({ model: MODEL }))],
  ['measured', MEASURED],
  ['simulated', SIMULATED],
  ['Wine', WINE],
  ['64 addresses', sampleRun({ addresses: sampleAddresses(64), usable: 50 })],
  ['IPv6', sampleRun({ addresses: sampleAddresses(3, 'ipv6'), usable: 300 })],
  [
    'interrupted',
    changed(MEASURED, ({ run }) => ({
      run: { ...run, status: 'interrupted' },
      claims: [],
      findings: [],
      measures: {},
    })),
  ],
  [
    'refused at once',
    {
      ...changed(MEASURED, ({ run }) => ({
        run: { ...run, status: 'failed' },
        arms: [],
        claims: [],
      })),
    },
  ],
];

describe.each(RUNS)('report of a run, %s', (_, run) => {
  const page = pageOf(run);
  const elements = readPage(page);

  it('is well formed, with one h1: the verdict', () => {
    const headings = elements.filter((element) => element.name === 'h1');
    expect(headings.map((heading) => visibleText(heading.text))).toEqual([run.document.verdict]);
  });

  it('needs nothing but itself: no script, nothing loaded, and a policy that forbids it', () => {
    expect(
      elements.filter(({ name }) =>
        ['script', 'link', 'img', 'iframe', 'object', 'image', 'use'].includes(name),
      ),
    ).toEqual([]);
    expect(page).not.toMatch(/https?:|\/\/[a-z]|@import|@font-face|javascript:/i);
    expect(
      [...page.matchAll(/url\(([^)]*)\)/g)].every(([, target]) => target?.startsWith('#')),
    ).toBe(true);
    expect(
      elements.some(({ attributes }) =>
        Object.keys(attributes).some((name) => name.startsWith('on')),
      ),
    ).toBe(false);
    expect(page).toContain("default-src 'none'");
  });

  it('has ids that are unique and references that lead somewhere', () => {
    const ids = elements.flatMap(({ attributes }) =>
      attributes['id'] === undefined ? [] : [attributes['id']],
    );
    expect(new Set(ids).size).toBe(ids.length);
    const wanted = elements.flatMap(
      ({ attributes }) => attributes['aria-labelledby']?.split(' ') ?? [],
    );
    for (const id of wanted) expect(ids).toContain(id);
    for (const [, id] of page.matchAll(/url\(#([^)]*)\)/g)) expect(ids).toContain(id);
  });

  it('gives every table a caption and scoped headers, every chart a title and a description', () => {
    const count = (name: string): number =>
      elements.filter((element) => element.name === name).length;
    expect(count('caption')).toBe(count('table'));
    const headers = elements.filter((element) => element.name === 'th');
    expect(
      headers.every(({ attributes }) => ['col', 'row'].includes(attributes['scope'] ?? '')),
    ).toBe(true);
    const charts = elements.filter((element) => element.attributes['role'] === 'img');
    expect(charts.length).toBe(count('desc'));
    expect(
      elements.filter((element) => element.name === 'desc').every(({ text }) => text.trim() !== ''),
    ).toBe(true);
  });

  it('comes out the same every time', () => {
    expect(pageOf(run)).toBe(page);
  });

  it('suits dark, paper, forced colours and narrow windows', () => {
    const style = elements.find((element) => element.name === 'style')?.text ?? '';
    for (const rule of [
      'prefers-color-scheme:dark',
      'forced-colors:active',
      '@media print',
      '@page',
      'max-width:680px',
    ]) {
      expect(style).toContain(rule);
    }
    const colors = [...page.replace(style, '').matchAll(/(?:fill|stroke)="([^"]*)"/g)].map(
      ([, color]) => color,
    );
    expect(
      colors.filter(
        (color) => !/^(?:var\(--[\w-]+\)|url\(#.*\)|none|currentColor|#000)$/.test(color ?? ''),
      ),
    ).toEqual([]);
  });
});

/** A table's rows as the reader sees them, found by its caption. */
function tableOf(page: string, caption: string): string[][] {
  const tables = page.split('<table').slice(1);
  const found = tables.find((table) => table.split('</caption>')[0]?.includes(caption)) ?? '';
  const body = found.split('</tbody>')[0]?.split('<tbody')[1] ?? '';
  return body
    .split('<tr')
    .slice(1)
    .map((row) =>
      row
        .split(/<\/t[hd]>/)
        .slice(0, -1)
        .map((cell) => visibleText(cell.replace(/<[^>]*>/g, ' ').replace(/^[^>]*>/, ''))),
    );
}

describe('the arms table', () => {
  it.each(RUNS.filter(([, run]) => run.document.arms.length > 0))(
    'holds the figures of the document, %s',
    (_, run) => {
      const rows = tableOf(pageOf(run), 'Ports by strategy');
      expect(rows.length).toBe(run.document.arms.length);
      run.document.arms.forEach((arm, at) => {
        const [, bound, perAddress, overlap, firstError] = rows[at] ?? [];
        expect(bound).toBe(thousands(arm.bound));
        expect(overlap).toBe(thousands(arm.overlap));
        expect(firstError).toContain(
          `${arm.firstError?.call}: ${arm.firstError?.name} (${arm.firstError?.code})`,
        );
        if (Object.keys(arm.perAddress).length <= 8) {
          expect(perAddress).toBe(
            Object.entries(arm.perAddress)
              .map(([address, ports]) => `${address} ${thousands(ports)}`)
              .join(' '),
          );
        }
      });
    },
  );

  it('sums up 64 addresses, whose figures stand under the chart', () => {
    const run = sampleRun({ addresses: sampleAddresses(64), usable: 50 });
    const page = pageOf(run);
    expect(tableOf(page, 'Ports by strategy')[1]?.[2]).toBe('64 addresses, 50 each');
    expect(tableOf(page, 'Ports bound, by address').length).toBe(64);
  });
});

describe('provenance', () => {
  it('lets only outcomes measured on Windows look like evidence', () => {
    expect(pageOf(MEASURED)).toContain('class="outcome confirmed"');
    for (const [run, words] of [
      [SIMULATED, 'by the model only'],
      [WINE, 'under Wine only'],
    ] as const) {
      const page = pageOf(run);
      expect(page).not.toMatch(/class="outcome (?:confirmed|refuted|inconclusive)"/);
      expect(page).toContain(' no-evidence"');
      expect(page).toContain(words);
    }
  });

  it.each([
    [MEASURED, 'REAL', 'MEASURED'],
    [WINE, 'WINE', 'WINE'],
    [SIMULATED, 'SIMULATED', 'MODELLED'],
  ] as const)(
    'stands at the top, at every chart and every table of figures: %#',
    (run, badge, tag) => {
      const page = pageOf(run);
      expect(
        visibleText(
          (page.split('<h1>')[0] ?? '').split('<header>')[1]?.replace(/<[^>]*>/g, ' ') ?? '',
        ),
      ).toContain(badge);
      for (const figure of page.split('<figure').slice(1))
        expect(figure.split('</figcaption>')[0]).toContain(tag);
      for (const caption of ['Ports by strategy', 'Measures']) {
        const found = page.split('<caption>').find((part) => part.trimStart().startsWith(caption));
        expect(found?.split('</caption>')[0]).toContain(tag);
      }
    },
  );

  it('is printed at the foot of every sheet', () => {
    expect(pageOf(SIMULATED)).toContain('content:"SIMULATED: not measured"');
    expect(pageOf(WINE)).toContain('content:"WINE: no evidence about Windows"');
  });

  it('shows no latency of a simulated run, and says why', () => {
    const page = pageOf(SIMULATED);
    expect(page).not.toContain('Bind latency');
    expect(visibleText(page)).toContain('Speed and latency are not shown');
    expect(page).toContain('virtual time');
  });

  it('lists every assumption a simulated verdict rests on', () => {
    const rows = tableOf(pageOf(SIMULATED), 'Assumptions about the port allocator');
    const assumptions = SIMULATED.document.run.profile?.resolved['assumptions'] as Record<
      string,
      string
    >;
    expect(rows.map((row) => [row[0], row[2]])).toEqual(Object.entries(assumptions));
  });
});

describe('safety', () => {
  it('says that all was released', () => {
    expect(visibleText(pageOf(MEASURED))).toContain('all; 0 sockets left open');
  });

  it('says first when sockets stayed open', () => {
    const page = pageOf(
      changed(MEASURED, ({ safety }) => ({ safety: { ...safety, openAfter: 3 } })),
    );
    expect(visibleText(page.split('<main>')[0] ?? '')).toContain(
      '3 sockets still open after the release',
    );
  });

  it('does not vouch for the release of a run that was killed', () => {
    const page = pageOf(
      changed(MEASURED, ({ run }) => ({ run: { ...run, status: 'interrupted' } })),
    );
    expect(visibleText(page)).not.toContain('0 sockets left open');
  });

  it('gives the command that repeats the run', () => {
    expect(pageOf(MEASURED)).toContain(`<code>${MEASURED.document.command}</code></pre>`);
  });
});

describe('findings and claims', () => {
  it('sets what to do apart from what was found', () => {
    expect(visibleText(pageOf(MEASURED))).toContain(
      '<b>Do:</b> Cap the application below the range',
    );
  });

  it('takes the claims from the page they quote, and says why each came out so', () => {
    const [first] = tableOf(pageOf(MEASURED), 'Documented claims');
    expect(first).toEqual([
      'PS-1',
      CLAIM_TEXTS['PS-1'],
      'confirmed',
      'MEASURED',
      'same NIC',
      '1,530 over 4 addresses, then 10055',
    ]);
  });
});

describe('a real run beside a model', () => {
  it('is told as a sentence, what to know of it, and the first step of each difference', () => {
    const text = visibleText(pageOf(changed(MEASURED, () => ({ model: MODEL }))));
    expect(text).toContain('Model against measurement');
    expect(text).toContain(MODEL.differs);
    expect(text).toContain('The host did not tell its dynamic port range.');
    for (const said of ['PS-1', '1,530', 'row 17: bind 10.0.0.2 : 0', STEP.host, STEP.model]) {
      expect(text).toContain(said);
    }
    expect(visibleText(pageOf(MEASURED))).not.toContain('Model against measurement');
  });

  it('that differs in nothing says how many calls that rests on', () => {
    const model = { ...MODEL, differs: null, notes: [], divergences: [], listed: [] };
    const text = visibleText(pageOf(changed(MEASURED, () => ({ model }))));
    expect(text).toContain('3,060 calls made on a model too: nothing differs');
  });
});
