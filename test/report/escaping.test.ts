import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderHtml } from '#report/render-html.ts';
import { escapeText, html } from '#report/html/markup.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { readPage, visibleText } from './page-reader.ts';
import { sampleRun } from './sample-run.ts';

const hostile = fc.oneof(
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</title></style><script>',
    '<![CDATA[',
    '--><b>',
    '{figure|x}',
    '${1+1}',
    '\u202egnp.exe',
    '\u0000\u0007\ud800',
    'a&lt;b',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

/** A comparison with a model, with one difference. */
function modelOf(text: string): NonNullable<RunDocument['model']> {
  const step = { call: text, host: text, model: text, kind: text, text, assumptions: [text] };
  const first = { seq: 1, t: 2, arm: 1, ...step };
  return {
    profile: text,
    compared: 10,
    differs: text,
    notes: [text],
    divergences: [{ kind: text, count: 1, text, assumptions: [text], first }],
    listed: [first],
  };
}

/** The same as a run of several experiments. */
function poisonedFull(text: string): RunDocument {
  const document = poisoned(text);
  const { arms, claims, measures } = document;
  const part = { id: text, parameters: { protocol: text }, verdict: text, arms, claims, measures };
  return { ...document, experiments: [{ ...part, status: 'complete' }] };
}

/** The run with the same hostile text wherever a machine or an imported file may have put one. */
function poisoned(text: string): RunDocument {
  const { document } = sampleRun({ usable: 60 });
  const { run } = document;
  const address = `${text}x`;
  return {
    ...document,
    verdict: text,
    command: text,
    parameters: { [text]: text, deep: [{ [text]: [text] }] },
    measures: { [text]: 1 },
    claims: document.claims.map((claim) => ({ ...claim, id: text, because: text })),
    answers: [
      {
        id: text,
        value: text,
        basis: 'measured',
        addressClass: 'loopback',
        protocol: 'tcp',
        family: 'ipv4',
        because: text,
      },
    ],
    model: modelOf(text),
    findings: [{ id: text, severity: 'info', text: `${text} Do: ${text}` }],
    arms: document.arms.map((arm) => ({
      ...arm,
      perAddress: { [address]: 30, [text]: 30 },
      // "bind" is a hostile text, too, and the page would say more of it.
      firstError: { call: `${text}?`, code: 10_055, name: text },
    })),
    run: {
      ...run,
      id: text,
      title: text,
      tags: [text],
      addresses: [text],
      profile: { name: text, resolved: { [text]: text, assumptions: { A1: text, [text]: text } } },
      host: {
        ...run.host,
        hostname: text,
        why: text,
        os: { ...run.host.os, name: text, build: text },
        addresses: run.host.addresses.map((entry) => ({
          ...entry,
          address: text,
          interface: text,
          notDefaultBecause: text,
        })),
      },
    },
  };
}

function render(document: RunDocument): string {
  const series = sampleRun({ usable: 60 }).series;
  return renderHtml({ document, series, claimTexts: {}, generatedAt: '2026-03-05T09:00:00.000Z' });
}

describe('hostile text in a run', () => {
  it.each([
    ['an experiment', poisoned],
    ['several experiments', poisonedFull],
  ])('of %s adds no element and no attribute to the page', (_, poisonedRun) => {
    const shape = (document: RunDocument): string[] =>
      readPage(render(document)).map(
        ({ name, attributes }) => `${name} ${Object.keys(attributes).join(' ')}`,
      );
    const plain = shape(poisonedRun('plain'));
    fc.assert(
      fc.property(
        hostile.filter((text) => text !== '' && !text.includes('Do: ')),
        (text) => {
          expect(shape(poisonedRun(text))).toEqual(plain);
        },
      ),
      { numRuns: 40, examples: [['valueOf'], ['__proto__'], ['constructor'], ['bind']] },
    );
  });

  it('is shown as it is', () => {
    const text = '<img src=x onerror="a&b">';
    expect(
      visibleText(
        readPage(render(poisoned(text))).find((element) => element.name === 'h1')?.text ?? '',
      ),
    ).toBe(text);
  });
});

describe('escapeText', () => {
  it('leaves no character that could open a tag, close a quote or turn the text round', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(escapeText(text)).not.toMatch(/[<>"'\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
        expect(escapeText(text)).not.toMatch(/(?![\t\n\r])\p{Cc}/u);
      }),
    );
  });
});

describe('html', () => {
  it('escapes values and keeps markup', () => {
    expect(
      html`<p title="${'"'}">${'<'}${html`<b>${'&'}</b>`}${[1, ' ', null, false]}</p>`.text,
    ).toBe('<p title="&quot;">&lt;<b>&amp;</b>1 </p>');
  });
});
