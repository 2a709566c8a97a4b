import type { RunWishInput } from '#engine/api/run-wish.ts';
import type { Family } from '#engine/model/protocol.ts';
import { typedAddresses } from './address-text.ts';
import type { SchemaField } from './schema-fields.ts';

export const STACK_CHOICES = ['auto', 'winsock', 'simulated'] as const;
export type StackChoice = (typeof STACK_CHOICES)[number];
/** Where the addresses come from; `typed` and `profile` only where no real socket is opened. */
export type AddressSource = 'host' | 'typed' | 'profile';

/** A profile file's content and its name. */
export type OwnProfile = Exclude<NonNullable<RunWishInput['profile']>, string>;

/** A run as somebody fills it in: texts stay as typed until the service has judged them. */
export interface FormState {
  readonly stack: StackChoice;
  readonly profile: string;
  /** A profile that is none of the lab's, chosen by its file's name; null where there is none. */
  readonly ownProfile: OwnProfile | null;
  readonly source: AddressSource;
  readonly family: Family;
  /** Of the host's addresses, in the order picked; null is what the lab would take. */
  readonly picked: readonly string[] | null;
  readonly typed: string;
  /** By parameter; what is left out has its default. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly reserveKind: 'percent' | 'number';
  readonly reserve: string;
  readonly maxSockets: string;
  readonly maxSeconds: string;
  readonly holdSeconds: string;
  readonly exhaustive: boolean;
  readonly seed: string;
  readonly title: string;
  readonly tags: string;
}

/** Of a range, what stays free for option-less applications unless somebody says otherwise. */
const DEFAULT_RESERVE_PERCENT = '80';

/** @param seed for a simulated run, so that what is previewed is what runs */
export function emptyForm(profile: string, source: AddressSource, seed: number): FormState {
  return {
    stack: 'auto',
    profile,
    ownProfile: null,
    source,
    family: 'ipv4',
    picked: null,
    typed: '',
    parameters: {},
    reserveKind: 'percent',
    reserve: DEFAULT_RESERVE_PERCENT,
    maxSockets: '',
    maxSeconds: '',
    holdSeconds: '',
    exhaustive: false,
    seed: String(seed),
    title: '',
    tags: '',
  };
}

export interface FormContext {
  readonly experiment: string;
  /** It goes below no reserve, whatever is said. */
  readonly safe: boolean;
  readonly minAddresses: number;
  readonly fields: readonly SchemaField[];
  /** No real socket would be opened. */
  readonly simulated: boolean;
  /** What the lab would take of the host's addresses. */
  readonly byDefault: readonly string[];
}

/** By field: what keeps the form from being asked at all. */
export type Problems = Readonly<Record<string, string>>;

export interface Asked {
  readonly wish: RunWishInput;
  readonly problems: Problems;
}

/** The form as a wish; the service judges all but what can't even be said in one. */
export function wishOf(state: FormState, context: FormContext): Asked {
  const problems: Record<string, string> = {};
  const number = (field: keyof FormState & string, whole: boolean): number | undefined => {
    const text = String(state[field]).replaceAll(',', '').trim();
    if (text === '') return undefined;
    if (whole ? /^\d+$/.test(text) : /^\d+(\.\d+)?$/.test(text)) return Number(text);
    problems[field] = whole ? 'a whole number is needed' : 'a number is needed';
    return undefined;
  };
  const addresses = addressesOf(state, context);
  if (addresses !== null && addresses.length === 0) {
    problems['addresses'] = `the experiment needs ${context.minAddresses} addresses, 0 given`;
  }
  const maxSockets = number('maxSockets', true);
  const maxSeconds = number('maxSeconds', false);
  const holdSeconds = number('holdSeconds', false);
  const seed = context.simulated ? number('seed', true) : undefined;
  const reserve = reserveOf(state, number);
  const title = state.title.trim();
  const tags = state.tags
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  const wish: RunWishInput = {
    experiment: context.experiment,
    stack: state.stack,
    parameters: parametersOf(state, context, addresses),
    exhaustive: state.exhaustive && !context.safe,
    ...(addresses !== null && addresses.length > 0 && { addresses: [...addresses] }),
    ...(context.simulated && state.profile !== '' && { profile: profileOf(state) }),
    ...(reserve !== undefined && { reserve }),
    ...(maxSockets !== undefined && { maxSockets }),
    ...(maxSeconds !== undefined && { maxSeconds }),
    ...(holdSeconds !== undefined && { holdSeconds }),
    ...(seed !== undefined && { seed }),
    ...(title !== '' && { title }),
    ...(tags.length > 0 && { tags }),
  };
  return { wish, problems };
}

function profileOf({ profile, ownProfile }: FormState): NonNullable<RunWishInput['profile']> {
  return ownProfile?.file === profile ? ownProfile : profile;
}

/** Null where the lab chooses: from the profile, or because the host has none to pick from. */
function addressesOf(state: FormState, context: FormContext): readonly string[] | null {
  const source = context.simulated ? state.source : 'host';
  if (source === 'profile') return null;
  if (source === 'typed') return typedAddresses(state.typed);
  if (state.picked !== null) return state.picked;
  return context.byDefault.length === 0 ? null : context.byDefault;
}

/** Only what differs from the defaults: so the console command stays short. */
function parametersOf(
  state: FormState,
  { fields }: FormContext,
  addresses: readonly string[] | null,
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name, defaultText } of fields) {
    const text = state.parameters[name]?.trim();
    if (name === 'family') {
      // Named addresses say their family themselves.
      if (addresses === null && state.family !== defaultText) found[name] = state.family;
    } else if (text !== undefined && text !== '' && text !== defaultText) found[name] = text;
  }
  return found;
}

function reserveOf(
  state: FormState,
  number: (field: 'reserve', whole: boolean) => number | undefined,
): RunWishInput['reserve'] {
  const { reserveKind, reserve } = state;
  // Left alone: where the range is unknown no share can be kept, and the service says so itself.
  if (reserveKind === 'percent' && reserve.trim() === DEFAULT_RESERVE_PERCENT) return undefined;
  const value = number('reserve', reserveKind === 'number');
  if (value === undefined) return undefined;
  return reserveKind === 'percent'
    ? { kind: 'percent', percent: value }
    : { kind: 'number', ports: value };
}
