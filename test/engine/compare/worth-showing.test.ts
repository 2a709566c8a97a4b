import { describe, expect, it } from 'vitest';
import { compareRuns } from '#engine/compare/compare-runs.ts';
import {
  differingMeasures,
  factValueWords,
  figureValueWords,
  quantityWords,
  shareWords,
} from '#engine/compare/worth-showing.ts';
import { runOf } from './sample-runs.ts';

describe('what tells runs apart', () => {
  it('are figures that differ between runs which have them', () => {
    const [one, two] = [runOf('one', { usable: 700 }), runOf('two', { usable: 900 })];
    const { measures } = compareRuns([
      { ...one, measures: { held: 200, 'step.1': 7, 'port.1': 50_000 } },
      { ...two, measures: { held: 200, 'port.1': 50_017 } },
    ]);
    const names = differingMeasures(measures).map(({ name }) => name);
    expect(names).toContain('port-scalability.bound');
    expect(names).toContain('port-scalability.perAddress.least');
    expect(names).not.toContain('held');
    expect(names).not.toContain('step.1');
    expect(names).not.toContain('port.1');
    // Spread evenly: the least and the most say it of each address.
    expect(names).not.toContain('port-scalability.perAddress.198.51.100.21');
  });

  it('are single addresses where a run spread its ports unevenly', () => {
    const one = runOf('one');
    const arms = one.arms.map((arm) => ({
      ...arm,
      perAddress: { ...arm.perAddress, '198.51.100.21': 1 },
    }));
    const { measures } = compareRuns([one, runOf('two', { document: { arms } })]);
    expect(differingMeasures(measures).map(({ name }) => name)).toContain(
      'legacy.perAddress.198.51.100.21',
    );
  });

  it('reads well, however small', () => {
    expect([0, 0.000_157_12, 3.9997, -0.5, 16_384].map(quantityWords)).toEqual([
      '0',
      '0.000157',
      '4',
      '−0.5',
      '16,384',
    ]);
    expect([
      figureValueWords({ kind: 'code', scale: 1 }, 10_055),
      figureValueWords({ kind: 'speed', scale: 1e-3 }, 12_345),
    ]).toEqual(['10055', '12.345']);
    expect([shareWords(50, 100), shareWords(-50, 100), shareWords(0, 9)]).toEqual([
      '+50',
      '−50',
      '0',
    ]);
    expect([shareWords(5, 0), shareWords(null, 5)]).toEqual(['–', '–']);
    const words = (name: string, value: number | null | boolean | string) =>
      factValueWords({ name, group: 'run' }, value, quantityWords);
    expect(words('seed', 1_234_567)).toBe('1234567');
    expect(words('reserve', 1_234_567)).toBe('1,234,567');
    expect([words('x', null), words('x', true), words('x', '')]).toEqual(['–', 'yes', 'none']);
  });
});
