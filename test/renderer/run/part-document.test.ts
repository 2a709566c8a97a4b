import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepsWhatItBinds } from '#engine/chart/run-range.ts';
import type { Part } from '#engine/run/run-document.ts';
import { partDocument, partNames, partsHint } from '#renderer/screens/run/verdict/part-document.ts';
import { runCharts } from '#renderer/screens/run/verdict/run-charts.ts';
import { FULL, recordedView, type RecordedView } from './recorded-view.ts';

const PART: Part = {
  id: 'sweep',
  parameters: {},
  status: 'complete',
  verdict: '',
  arms: [],
  measures: {},
  claims: [],
};

describe('one experiment of a run that has several', () => {
  let recorded: RecordedView;
  beforeAll(async () => {
    recorded = await recordedView(FULL);
  });
  afterAll(() => recorded.close());

  test('has its own arms, with what these held at most', () => {
    const { document, series } = recorded.view;
    const [legacy] = document.arms;
    const part: Part = { ...PART, id: 'capacity', arms: [legacy!], verdict: 'its own' };
    const whole = { ...document, experiments: [part], verdict: 'of all' };
    const own = partDocument(whole, part, series);
    expect(own.run.experiment).toBe('capacity');
    expect(own.verdict).toBe('its own');
    expect(own.arms).toEqual([legacy]);
    expect(own.safety.peakHeld).toBe(legacy!.bound);
    expect(keepsWhatItBinds(own)).toBe(true);
    expect(runCharts(own, series).length).toBeGreaterThan(0);
    // Arms of several experiments have no axis in common.
    expect(runCharts(whole, series)).toEqual([]);
  });

  test('has no charts where few ports were bound', () => {
    const { document, series } = recorded.view;
    const arms = document.arms.map((arm) => ({ ...arm, bound: 16 }));
    expect(runCharts({ ...document, arms }, series)).toEqual([]);
  });
});

describe('the experiments of such a run', () => {
  test('are told apart where one of them runs twice', () => {
    const twice: Part[] = [
      { ...PART, parameters: { protocol: 'tcp' } },
      { ...PART, id: 'churn' },
      { ...PART, parameters: { protocol: 'udp' } },
    ];
    expect(partNames(twice)).toEqual(['Sweep over TCP', 'Churn', 'Sweep over UDP']);
    expect(partNames([PART, PART])).toEqual(['Sweep, 1', 'Sweep, 2']);
  });

  test('are counted by how they ended', () => {
    expect(partsHint([PART, PART])).toBe('2 of 2 complete');
    expect(partsHint([PART, { ...PART, status: 'refused' }, { ...PART, status: 'failed' }])).toBe(
      '1 of 3 complete, 1 not run, 1 did not end by itself',
    );
  });
});
