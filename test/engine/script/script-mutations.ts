import { Random } from '#engine/allocator/random.ts';

/** What a number is changed into: the ends of what fields take, and beyond. */
const SENSIBLE = [0, 1, 2, 63, 64, 255, 1_023, 1_024, 32_768, 65_535, 65_536, 86_400, 1_048_576];
const ODD = [-1, 0.5, 1e9, 4_294_967_296, 2 ** 53, -(2 ** 31), 1e308];
const NUMBERS = [...SENSIBLE, ...ODD];

const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  '',
  'a',
  'SO_REUSEADDR',
  'SO_PORT_SCALABILITY',
  'tcp',
  'udp',
  'ipv6',
  'first',
  'proxy',
  '10.0.0.1',
  '127.0.0.2',
  '0.0.0.0',
  '::',
  'fd00::1',
  '__proto__',
  'x'.repeat(100),
  [],
  {},
  [[]],
  { start: 50_000, count: 64 },
];

/** Words of scripts that a field may be renamed to. */
const FIELDS = ['op', 'as', 'socket', 'address', 'port', 'count', 'expect', 'process', 'pool', 'x'];

type Container = Record<string, unknown> | unknown[];

/** A scenario as a careless or a hostile hand leaves it: changed in one to four places. */
export function mutated(text: string, source: unknown, seed: number): string {
  const random = new Random(seed, 0x6d75);
  // A third of them as text: truncated, or with characters changed.
  if (random.below(3) === 0) return mutatedText(text, random);
  const script = structuredClone(source) as Container;
  for (let changes = 1 + random.below(4); changes > 0; changes--) changeSomething(script, random);
  return JSON.stringify(script);
}

function mutatedText(text: string, random: Random): string {
  const at = random.below(text.length);
  switch (random.below(4)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + random.below(20));
    case 2:
      return text.slice(0, at) + pick('{}[]",:/*\\0-e\u0000\n', random) + text.slice(at);
    default:
      return text.slice(0, at) + text.slice(random.below(text.length));
  }
}

function changeSomething(script: Container, random: Random): void {
  const containers = containersIn(script);
  const container = containers[random.below(containers.length)]!;
  if (Array.isArray(container)) changeList(container, random);
  else changeObject(container, random);
}

function changeList(list: unknown[], random: Random): void {
  if (list.length === 0) {
    list.push(value(random));
    return;
  }
  const at = random.below(list.length);
  switch (random.below(5)) {
    case 0:
      list.splice(at, 1);
      break;
    case 1:
      list.push(structuredClone(list[at]));
      break;
    case 2:
      list[at] = value(random);
      break;
    case 3:
      for (let i = list.length - 1; i > 0; i--) swap(list, i, random.below(i + 1));
      break;
    default:
      swap(list, at, random.below(list.length));
  }
}

function changeObject(object: Record<string, unknown>, random: Random): void {
  const keys = Object.keys(object);
  const key = keys[random.below(Math.max(1, keys.length))] ?? pick(FIELDS, random);
  switch (random.below(4)) {
    case 0:
      delete object[key];
      break;
    case 1:
      object[pick(FIELDS, random)] = object[key];
      break;
    default:
      object[key] =
        typeof object[key] === 'number' && random.below(4) > 0
          ? pick(NUMBERS, random)
          : value(random);
  }
}

function containersIn(value: unknown): Container[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as Container, ...Object.values(value).flatMap(containersIn)];
}

function value(random: Random): unknown {
  return structuredClone(random.below(2) === 0 ? pick(VALUES, random) : pick(NUMBERS, random));
}

function swap(list: unknown[], i: number, j: number): void {
  [list[i], list[j]] = [list[j], list[i]];
}

function pick<T>(from: ArrayLike<T>, random: Random): T {
  return from[random.below(from.length)]!;
}
