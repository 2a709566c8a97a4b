import { describe, expect, test } from 'vitest';
import {
  comparePath,
  faultOf,
  idsIn,
  noChartsWords,
  runTitle,
  shortName,
  sourceWords,
} from '#renderer/screens/compare/compare-words.ts';
import { runOf } from '#test/engine/compare/sample-runs.ts';

describe('the address of a comparison', () => {
  test('names its runs in order, there and back', () => {
    const ids = ['20261129-104911-hsht', '20261129-104914-vgka'];
    expect(comparePath(ids)).toBe(`/compare/${ids.join(',')}`);
    expect(idsIn(ids.join(','))).toEqual(ids);
    expect(idsIn(',a,,b,')).toEqual(['a', 'b']);
  });

  test('is at fault before the service is asked', () => {
    const nine = Array.from({ length: 9 }, (_, at) => `run-${at}`);
    expect(faultOf(nine.slice(0, 8))).toBeNull();
    expect(faultOf(nine)).toMatch(/^At most 8 runs/);
    expect(faultOf(['a'])).toMatch(/two runs/);
    expect(faultOf([])).toMatch(/two runs/);
    expect(faultOf(['a', 'b', 'a'])).toMatch(/twice/);
  });
});

describe('a run among others', () => {
  const real = runOf('real', { host: { hostname: 'EDGE-01' } });
  const model = runOf('model', { basis: 'modelled', run: { title: 'The model' } });

  test('is called by its title or experiment, and by where its figures come from', () => {
    expect([runTitle(real), runTitle(model)]).toEqual(['Capacity', 'The model']);
    expect([shortName(real), shortName(model)]).toEqual(['EDGE-01', 'documented']);
    expect(sourceWords(real)).toBe('EDGE-01, Windows Server 2025 Standard, build 26100.4061');
    expect(sourceWords(runOf('wine', { basis: 'wine' }))).toContain('on Wine 8.0');
    expect(sourceWords(model)).toBe('profile documented');
  });

  test('has no charts with runs of other experiments, and it says so', () => {
    const sweep = runOf('sweep', { run: { experiment: 'sweep' } });
    expect(noChartsWords([{ document: real }, { document: sweep }])).toMatch(/same experiment/);
    expect(noChartsWords([{ document: real }, { document: model }])).toMatch(/enough ports/);
  });
});
