import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvTable, type CsvCell } from '#report/csv-table.ts';
import { renderCsv } from '#report/render-csv.ts';
import { renderJson } from '#report/render-json.ts';
import { runDocumentSchema } from '#engine/run/run-document.ts';
import { readCsv } from './csv-reader.ts';
import { sampleRun, type SampleRun } from './sample-run.ts';

function rowsOf({ document, series }: Pick<SampleRun, 'document' | 'series'>): string[][] {
  return readCsv(
    renderCsv({ document, series, claimTexts: {}, generatedAt: '2026-03-05T09:00:00.000Z' }),
  );
}

const FORMULA = /^[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/;

describe('csvTable', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      '=1+1',
      '+1',
      '-cmd',
      '@SUM(A1)',
      '\t=1',
      '\r\n=1',
      'a,b',
      'say "no"',
      '',
      '\uff1dA1',
    ),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
  );

  it('reads back as it was written, but for the guard against formulas', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1 }), { minLength: 1 }),
        (rows: CsvCell[][]) => {
          const expected = rows.map((row) =>
            row.map((value) => {
              if (value === null) return '';
              return typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
            }),
          );
          expect(readCsv(csvTable(rows))).toEqual(expected);
        },
      ),
    );
  });

  it('never lets a text begin as a formula, and leaves numbers alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(readCsv(csvTable([[text]]))[0]?.[0]).not.toMatch(FORMULA);
      }),
    );
    expect(readCsv(csvTable([[-5, 1e21, -0.5]]))).toEqual([['-5', '1e+21', '-0.5']]);
  });

  it('begins with the mark Excel knows UTF-8 by', () => {
    expect(csvTable([['a']])).toBe('\ufeffa\r\n');
  });
});

describe('renderCsv', () => {
  const run = sampleRun({ usable: 320 });
  const rows = rowsOf(run);

  it('is one table of six columns', () => {
    expect(rows[0]).toEqual(['section', 'key', 'address', 'value', 'unit', 'basis']);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([6]));
  });

  it('holds every arm, address, measure and claim with its own figure', () => {
    const value = (key: string, address = ''): string | undefined =>
      rows.find((row) => row[1] === key && row[2] === address)?.[3];
    for (const arm of run.document.arms) {
      const key = `${arm.index}.${arm.strategy}`;
      expect(value(`${key}.bound`)).toBe(String(arm.bound));
      expect(value(`${key}.overlap`)).toBe(String(arm.overlap));
      for (const [address, ports] of Object.entries(arm.perAddress)) {
        expect(value(`${key}.bound`, address)).toBe(String(ports));
      }
    }
    for (const [name, figure] of Object.entries(run.document.measures)) {
      expect(rows.find((row) => row[0] === 'measure' && row[1] === name)?.[3]).toBe(String(figure));
    }
    for (const claim of run.document.claims)
      expect(value(`${claim.id}.outcome`)).toBe(claim.outcome);
    expect(value('verdict')).toBe(run.document.verdict);
    expect(value('openAfter')).toBe('0');
  });

  it('says in every row what a simulated run is, and gives no speed for it', () => {
    const simulated = rowsOf(sampleRun({ basis: 'modelled' })).slice(1);
    expect(new Set(simulated.map((row) => row[5]))).toEqual(new Set(['modelled']));
    expect(simulated.filter((row) => /latency|PerSecond/i.test(row[1] ?? ''))).toEqual([]);
    expect(rows.some((row) => /bindLatency\.p99/.test(row[1] ?? ''))).toBe(true);
  });

  it('keeps a hostile title and adapter from becoming a formula', () => {
    const { document, series } = run;
    const text = '=HYPERLINK("x")';
    const hostile = {
      ...document,
      run: { ...document.run, title: text },
      parameters: { '@evil': text },
    };
    for (const cell of rowsOf({ document: hostile, series }).flat()) {
      expect(cell).not.toMatch(/^[=+@]/);
    }
  });
});

describe('renderJson', () => {
  it('is the run document, indented', () => {
    const { document } = sampleRun({ basis: 'wine', usable: 40 });
    const text = renderJson(document);
    expect(runDocumentSchema.parse(JSON.parse(text))).toEqual(document);
    expect(text).toMatch(/^\{\n {2}"run": \{\n/);
  });
});
