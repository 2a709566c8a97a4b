import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addressStrip,
  addressesWords,
  armEnd,
  barScale,
} from '#renderer/screens/run/verdict/arm-words.ts';
import { runCharts } from '#renderer/screens/run/verdict/run-charts.ts';
import { FULL, recordedView, type RecordedView } from './recorded-view.ts';

const perAddress = fc.dictionary(fc.ipV4(), fc.nat(65_535), { minKeys: 1, maxKeys: 300 });

describe('a strip of many addresses', () => {
  test('has few columns, each with the least and the most of its addresses, none left out', () => {
    fc.assert(
      fc.property(perAddress, fc.integer({ min: 1, max: 100 }), (ports, columns) => {
        const strip = addressStrip(ports, columns);
        const counts = Object.values(ports);
        expect(strip.length).toBeLessThanOrEqual(columns);
        expect(Math.min(...strip.map(({ least }) => least))).toBe(Math.min(...counts));
        expect(Math.max(...strip.map(({ most }) => most))).toBe(Math.max(...counts));
        expect(strip[0]?.name.startsWith(Object.keys(ports)[0] ?? '')).toBe(true);
        expect(strip.at(-1)?.name.endsWith(Object.keys(ports).at(-1) ?? '')).toBe(true);
      }),
    );
  });

  test('says in words how many there are', () => {
    expect(addressesWords({ a: 10, b: 10, c: 10 })).toBe('3 addresses, 10 each');
    expect(addressesWords({ a: 1_998, b: 2_000 })).toBe('2 addresses, 1,998 to 2,000 each');
  });
});

describe('the arms of a run recorded for real', () => {
  let recorded: RecordedView;
  beforeAll(async () => {
    recorded = await recordedView(FULL);
  });
  afterAll(() => recorded.close());

  test('bars are drawn against the dynamic range', () => {
    expect(barScale(recorded.view.document)).toEqual({ full: 16_384, isRange: true });
  });

  test('an arm says which error ended it, where and at how many ports', () => {
    const { document, series } = recorded.view;
    for (const arm of document.arms) {
      const { error, details } = armEnd(arm, document, series);
      expect(error).toBe('WSAENOBUFS (10055)');
      expect(details[0]).toMatch(/^bind on 10\.0\.0\.[123]$/);
      expect(details[1]).toBe(`at ${arm.bound === 16_384 ? '16,384' : '49,152'} held`);
      // A model's clock is no time to tell.
      expect(details.length).toBe(2);
    }
  });

  test('an arm that met no error says what ended it', () => {
    const { document, series } = recorded.view;
    const arm = { ...document.arms[0]!, firstError: null, ended: 'max-sockets' } as const;
    expect(armEnd(arm, document, series)).toEqual({
      error: 'none',
      details: ['stopped at the socket limit'],
    });
  });

  test('the charts are those of the exported report', async () => {
    const { client, run, view } = recorded;
    const { body } = await client.call('report', { run, format: 'html' });
    const html = new TextDecoder().decode(body);
    const reported = [...html.matchAll(/<figure class="card chart" id="([^"]+)"/g)];
    const charts = runCharts(view.document, view.series).map(({ id }) => id);
    expect(charts.length).toBeGreaterThan(1);
    expect(charts).toEqual(reported.map(([, id]) => id));
  });
});
