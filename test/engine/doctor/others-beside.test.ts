import { expect, test } from 'vitest';
import { othersBeside } from '#engine/doctor/others-beside.ts';
import { held, look, many, RANGE } from './sample-look.ts';

test('counts what others held in the range before and after, and who holds most', () => {
  const before = look({ tcp4: [...many(30, 0, { state: 'bound' }), held(443)] });
  const after = look({ tcp4: [...many(20, 10, { state: 'bound' }), ...many(5, 100, { pid: 7 })] });
  const { measures, findings } = othersBeside({ before, after }, 'tcp4', RANGE);
  expect(measures).toEqual({
    'others.before': 30,
    'others.after': 25,
    'others.came': 5,
    'others.went': 10,
    'others.unexplained': 0,
  });
  const [{ text } = { text: '' }] = findings;
  expect(text).toContain('30 numbers of the range before the run and 25 after it');
  expect(text).toContain('Most are held by w3wp.exe (PID 4312) with 20 (20 bound only).');
  expect(text).toContain('Seen 25 sockets, 0 numbers unexplained.');
  expect(text).toMatch(/ Do: /);
});

test('leaves out the lab itself, and what waits in TIME_WAIT after the run', () => {
  const own = many(50, 0, { pid: 99 });
  const waiting = many(40, 200, { pid: 0, state: 'time-wait', remote: '10.9.9.9:443' });
  const before = look({ tcp4: own }, { ownPids: [99] });
  const after = look({ tcp4: [...own, ...waiting] }, { ownPids: [99] });
  expect(othersBeside({ before, after }, 'tcp4', RANGE).measures).toMatchObject({
    'others.before': 0,
    'others.after': 0,
  });
});

test('says nothing of a pool no source told of', () => {
  const blind = look();
  const pools = { ...blind.pools, tcp4: { ...blind.pools.tcp4, held: null } };
  const { measures, findings } = othersBeside(
    { before: { ...blind, pools }, after: blind },
    'tcp4',
    RANGE,
  );
  expect([measures, findings]).toEqual([{}, []]);
});
