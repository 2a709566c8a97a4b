import { describe, expect, test } from 'vitest';
import type { PlanHost, PlanWish } from '#engine/planner/plan-document.ts';
import {
  hostFields,
  readForm,
  wishFields,
  type PlanField,
  type PlanForm,
} from '#renderer/screens/planner/plan-form.ts';

const WISH: PlanWish = { connections: 30_000, remotes: 8, perSecond: 12.5, headroomPercent: 20 };
const HOST: PlanHost = {
  name: 'documented',
  from: 'profile',
  profile: 'documented',
  addresses: 4,
  dynamicRange: { start: 49_152, count: 16_384 },
  excluded: 100,
  usedByOthers: 1_500,
  autoReuseRange: { start: 20_000, count: 8_192 },
  timeWaitSeconds: 120,
};
const FORM: PlanForm = { ...wishFields(WISH), ...hostFields(HOST) };

function problems(change: Partial<PlanForm>): Partial<Record<PlanField, string>> {
  const { asked, problems: found } = readForm({ ...FORM, ...change }, HOST);
  expect(asked === null).toBe(Object.keys(found).length > 0);
  return found;
}

test('untouched, a form asks for exactly what it was filled in with', () => {
  expect(readForm(FORM, HOST)).toEqual({ asked: { wish: WISH, host: HOST }, problems: {} });
  expect(FORM.connections).toBe('30,000');
  expect(FORM.perSecond).toBe('12.5');
});

test('a host without an auto-reuse range has no field of where that starts, and needs none', () => {
  const host = { ...HOST, autoReuseRange: { start: 0, count: 0 } };
  expect(hostFields(host).autoReuseStart).toBe('');
  const form = { ...FORM, ...hostFields(host) };
  expect(readForm(form, host)).toEqual({ asked: { wish: WISH, host }, problems: {} });
  expect(problems({ autoReusePorts: '5', autoReuseStart: '' })).toHaveProperty('autoReuseStart');
});

describe('a number', () => {
  test('may be typed with separators, spaces around it, or none', () => {
    for (const connections of ['1,234', ' 1234 ', '1 234']) {
      const { asked } = readForm({ ...FORM, connections }, HOST);
      expect(asked?.wish.connections).toBe(1_234);
    }
  });

  test('that is none, or out of bounds, is told at its field with what would do', () => {
    for (const connections of ['', 'many', '-1', '0', '1.5', '10,000,001', '1e4']) {
      expect(problems({ connections }), connections).toEqual({
        connections: 'A whole number from 1 to 10,000,000.',
      });
    }
    expect(problems({ headroomPercent: '100' })).toEqual({
      headroomPercent: 'A number from 0 to 99.',
    });
  });
});

describe('numbers that can’t be together', () => {
  test('a range that would go past the last port', () => {
    expect(problems({ rangeStart: '60,000' })).toEqual({
      rangePorts: 'From 60,000 on there are 5,536.',
    });
    expect(problems({ rangeStart: '60,000', rangePorts: '5,536' })).toEqual({});
  });

  test('more excluded, or used, than the range has', () => {
    expect(problems({ excluded: '16,385' })).toEqual({ excluded: 'The range has 16,384.' });
    expect(problems({ excluded: '16,000', usedByOthers: '385' })).toEqual({
      usedByOthers: 'Exclusions leave 384 of the range.',
    });
    expect(problems({ excluded: '16,000', usedByOthers: '384' })).toEqual({});
  });

  test('an auto-reuse range that would go past the last port', () => {
    expect(problems({ autoReuseStart: '60,000' })).toEqual({
      autoReusePorts: 'From 60,000 on there are 5,536.',
    });
  });

  test('are not told while one of them is no number', () => {
    expect(problems({ rangePorts: 'x' })).toEqual({
      rangePorts: 'A whole number from 1 to 65,535.',
    });
  });
});

test('the start’s name and rules hold, whatever else is changed', () => {
  const { asked } = readForm({ ...FORM, addresses: '2', timeWaitSeconds: '30' }, HOST);
  expect(asked?.host).toEqual({ ...HOST, addresses: 2, timeWaitSeconds: 30 });
});
