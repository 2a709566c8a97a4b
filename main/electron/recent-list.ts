import { z } from 'zod';

/** Absolute paths, latest first. */
export type RecentList = readonly string[];

const MOST = 10;

export const recentListSchema = z.array(z.string().min(1).max(32_767)).max(MOST);

/** With `path` first. @param platform Windows does not tell capital letters from small ones */
export function withRecent(
  list: RecentList,
  path: string,
  platform: NodeJS.Platform,
): readonly string[] {
  return [path, ...withoutRecent(list, path, platform)].slice(0, MOST);
}

export function withoutRecent(
  list: RecentList,
  path: string,
  platform: NodeJS.Platform,
): readonly string[] {
  const keyOf = (name: string): string => (platform === 'win32' ? name.toLowerCase() : name);
  return list.filter((other) => keyOf(other) !== keyOf(path));
}
