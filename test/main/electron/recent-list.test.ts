import { expect, it } from 'vitest';
import { recentListSchema, withoutRecent, withRecent } from '#main/electron/recent-list.ts';

it('puts the latest first, each once', () => {
  let list: readonly string[] = [];
  for (const path of ['/a', '/b', '/a', '/c']) list = withRecent(list, path, 'linux');
  expect(list).toEqual(['/c', '/a', '/b']);
});

it('tells capital letters apart except on Windows', () => {
  expect(withRecent(['C:\\A.labrun'], 'c:\\a.labrun', 'win32')).toEqual(['c:\\a.labrun']);
  expect(withRecent(['/A'], '/a', 'linux')).toEqual(['/a', '/A']);
});

it('keeps ten', () => {
  let list: readonly string[] = [];
  for (let at = 0; at < 25; at++) list = withRecent(list, `/${at}`, 'linux');
  expect(list).toHaveLength(10);
  expect(list[0]).toBe('/24');
  expect(recentListSchema.safeParse(list).success).toBe(true);
});

it('forgets what could not be opened', () => {
  expect(withoutRecent(['/a', '/b'], '/a', 'linux')).toEqual(['/b']);
});

it('a list file of another shape is none', () => {
  for (const wrong of [{}, [1], [''], Array.from({ length: 11 }, () => '/a')]) {
    expect(recentListSchema.safeParse(wrong).success).toBe(false);
  }
});
