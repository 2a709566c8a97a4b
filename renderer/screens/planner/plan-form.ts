import { MAX_PORT } from '#engine/model/port-range.ts';
import { thousands } from '#engine/model/words.ts';
import type { PlanHost, PlanWish } from '#engine/planner/plan-document.ts';

/** What is filled in: texts stay as typed, and become numbers where they are some. */

export const NEED_FIELDS = [
  'connections',
  'remotes',
  'perSecond',
  'timeWaitSeconds',
  'headroomPercent',
] as const;
export const HOST_FIELDS = [
  'addresses',
  'rangeStart',
  'rangePorts',
  'excluded',
  'usedByOthers',
  'autoReusePorts',
  'autoReuseStart',
] as const;
export type PlanField = (typeof NEED_FIELDS)[number] | (typeof HOST_FIELDS)[number];

export type PlanForm = Readonly<Record<PlanField, string>>;

export interface FieldSpec {
  readonly label: string;
  /** Inside the field, after the number. */
  readonly unit?: string;
  readonly min: number;
  readonly max: number;
  /** Decimals are taken too. */
  readonly broken?: true;
}

export const FIELD_SPECS: Readonly<Record<PlanField, FieldSpec>> = {
  connections: { label: 'Connections at once', min: 1, max: 10_000_000 },
  remotes: { label: 'Remote endpoints', min: 1, max: 1_000_000 },
  perSecond: { label: 'New per second', min: 0, max: 1_000_000, broken: true },
  timeWaitSeconds: { label: 'TIME_WAIT', unit: 's', min: 0, max: 3_600, broken: true },
  headroomPercent: { label: 'Headroom kept free', unit: '%', min: 0, max: 99, broken: true },
  addresses: { label: 'Addresses at hand', min: 1, max: 4_096 },
  rangeStart: { label: 'Range starts at', min: 1, max: MAX_PORT },
  rangePorts: { label: 'Ports in the range', min: 1, max: MAX_PORT },
  excluded: { label: 'Excluded', min: 0, max: MAX_PORT },
  usedByOthers: { label: 'Used by others', min: 0, max: MAX_PORT },
  autoReusePorts: { label: 'Auto-reuse ports', min: 0, max: MAX_PORT },
  autoReuseStart: { label: 'Auto-reuse starts at', min: 1, max: MAX_PORT },
};

/** Something to change: more than one range gives, to more than one place, some of it short-lived. */
export const FIRST_WISH: PlanWish = {
  connections: 30_000,
  remotes: 8,
  perSecond: 100,
  headroomPercent: 20,
};

export function wishFields(
  wish: PlanWish,
): Omit<PlanForm, (typeof HOST_FIELDS)[number] | 'timeWaitSeconds'> {
  return {
    connections: shown(wish.connections),
    remotes: shown(wish.remotes),
    perSecond: shown(wish.perSecond),
    headroomPercent: shown(wish.headroomPercent),
  };
}

/** What the host a plan starts from has. */
export function hostFields(host: PlanHost): Omit<PlanForm, keyof PlanWish> {
  const { start, count } = host.autoReuseRange;
  return {
    timeWaitSeconds: shown(host.timeWaitSeconds),
    addresses: shown(host.addresses),
    rangeStart: shown(host.dynamicRange.start),
    rangePorts: shown(host.dynamicRange.count),
    excluded: shown(host.excluded),
    usedByOthers: shown(host.usedByOthers),
    autoReusePorts: shown(count),
    autoReuseStart: count === 0 ? '' : shown(start),
  };
}

/** By field: what is wrong with it. */
export type FormProblems = Readonly<Partial<Record<PlanField, string>>>;

export interface ReadForm {
  /** Null where a field is wrong. */
  readonly asked: { readonly wish: PlanWish; readonly host: PlanHost } | null;
  readonly problems: FormProblems;
}

/** @param from the host it starts from: its name and rules hold, its figures are those filled in */
export function readForm(form: PlanForm, from: PlanHost): ReadForm {
  const problems: Partial<Record<PlanField, string>> = {};
  const read = (field: PlanField): number => {
    const value = numberIn(form[field], FIELD_SPECS[field]);
    if (typeof value === 'number') return value;
    problems[field] = value;
    return 0;
  };
  const wish: PlanWish = {
    connections: read('connections'),
    remotes: read('remotes'),
    perSecond: read('perSecond'),
    headroomPercent: read('headroomPercent'),
  };
  const autoReusePorts = read('autoReusePorts');
  const host: PlanHost = {
    ...from,
    timeWaitSeconds: read('timeWaitSeconds'),
    addresses: read('addresses'),
    dynamicRange: { start: read('rangeStart'), count: read('rangePorts') },
    excluded: read('excluded'),
    usedByOthers: read('usedByOthers'),
    autoReuseRange: {
      // Of no ports the start means nothing.
      start: autoReusePorts === 0 ? 0 : read('autoReuseStart'),
      count: autoReusePorts,
    },
  };
  // A text that is no number is the only thing wrong until it is one.
  if (isEmpty(problems)) {
    for (const [field, words] of contradictions(host)) problems[field] = words;
  }
  return { asked: isEmpty(problems) ? { wish, host } : null, problems };
}

function isEmpty(problems: FormProblems): boolean {
  return Object.keys(problems).length === 0;
}

/** Numbers that are fine each, and can't be together. */
function* contradictions(host: PlanHost): Generator<[PlanField, string]> {
  const { dynamicRange, excluded, usedByOthers, autoReuseRange } = host;
  if (dynamicRange.start + dynamicRange.count - 1 > MAX_PORT) {
    const most = MAX_PORT + 1 - dynamicRange.start;
    yield ['rangePorts', `From ${thousands(dynamicRange.start)} on there are ${thousands(most)}.`];
  }
  if (excluded > dynamicRange.count) {
    yield ['excluded', `The range has ${thousands(dynamicRange.count)}.`];
  } else if (usedByOthers > dynamicRange.count - excluded) {
    const left = dynamicRange.count - excluded;
    yield ['usedByOthers', `Exclusions leave ${thousands(left)} of the range.`];
  }
  if (autoReuseRange.count > 0 && autoReuseRange.start + autoReuseRange.count - 1 > MAX_PORT) {
    const most = MAX_PORT + 1 - autoReuseRange.start;
    yield [
      'autoReusePorts',
      `From ${thousands(autoReuseRange.start)} on there are ${thousands(most)}.`,
    ];
  }
}

/** @returns the number, or what is wrong with the text */
function numberIn(text: string, { min, max, broken }: FieldSpec): number | string {
  const plain = text.replaceAll(/[,\s]/g, '');
  const kind = broken === true ? 'number' : 'whole number';
  const wanted = `A ${kind} from ${thousands(min)} to ${thousands(max)}.`;
  if (!(broken === true ? /^\d+(\.\d+)?$/ : /^\d+$/).test(plain)) return wanted;
  const value = Number(plain);
  return value >= min && value <= max ? value : wanted;
}

/** As a field shows a number: separators, and the decimals there are. */
function shown(value: number): string {
  const [whole = '0', fraction] = String(value).split('.');
  return thousands(Number(whole)) + (fraction === undefined ? '' : `.${fraction}`);
}
