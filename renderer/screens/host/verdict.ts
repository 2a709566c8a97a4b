import type { HostView, Preview } from '#engine/api/views.ts';
import { PROTECTED_ROLES } from '#engine/experiment/roles.ts';
import type { HostFacts } from '#engine/model/host-facts.ts';
import { count, thousands } from '#engine/model/words.ts';

export interface HostVerdict {
  readonly possible: boolean;
  /** The answer in one sentence. */
  readonly sentence: string;
  readonly checks: readonly HostCheck[];
  /** What it means for figures; '' where the checks say it. */
  readonly meaning: string;
  /** What to find out next. */
  readonly next: { readonly question: string; readonly button: string };
}

export interface HostCheck {
  readonly words: string;
  /** Null: nobody could say. */
  readonly holds: boolean | null;
}

/** Fewer addresses can't show a number given twice. */
const ENOUGH_ADDRESSES = 2;

/** Whether real experiments are possible here, and what speaks for and against it. */
export function hostVerdict({ facts, usableAddresses }: HostView): HostVerdict {
  const possible = facts.stack === 'winsock';
  return {
    possible,
    sentence: possible ? possibleSentence(facts) : `Simulated, because ${plainReason(facts.why)}.`,
    checks: checksOf(facts, usableAddresses.ipv4.length),
    meaning: possible
      ? ''
      : 'Runs use the lab’s model of Windows’ port allocator: to learn and to plan, no evidence about Windows.',
    next: nextStep(facts),
  };
}

function possibleSentence({ wine, os }: HostFacts): string {
  if (wine !== null) return `Real sockets, but of Wine ${wine}: no evidence about Windows.`;
  const machine = os.productType === 'workstation' ? 'machine' : 'server';
  return `Real experiments possible on this ${machine}.`;
}

/** Without what only a console can use: `(--stack winsock runs on it all the same)`. */
function plainReason(why: string): string {
  return why.replace(/ \(--[^)]*\)$/, '').replace(/\.$/, '');
}

function checksOf(facts: HostFacts, addresses: number): HostCheck[] {
  // Elsewhere the sentence has said all there is to say.
  if (facts.platform !== 'win32') return [];
  const { settable } = facts.options.SO_PORT_SCALABILITY;
  // Where the option was tried at all, the library had loaded.
  const loads = facts.stack === 'winsock' || settable !== null;
  return [
    { words: 'ws2_32.dll loads', holds: loads },
    { words: 'not Wine', holds: facts.wine === null },
    { words: '0x3006 accepted', holds: settable },
    { words: count(addresses, 'usable IPv4 address'), holds: addresses >= ENOUGH_ADDRESSES },
    protection(facts),
  ];
}

/** Whether exhaustive runs may be asked for here at all. */
function protection({ roles = null }: HostFacts): HostCheck {
  if (roles === null) return { words: 'no protected role', holds: null };
  const found = PROTECTED_ROLES.filter(({ id }) => roles.includes(id));
  if (roles.length === 0) return { words: 'no protected role', holds: true };
  return {
    words: `${found.map(({ title }) => title).join(', ')}: no exhaustive runs`,
    holds: false,
  };
}

function nextStep({ stack, options }: HostFacts): HostVerdict['next'] {
  if (stack === 'simulated') {
    return { question: 'Next: what does the model give?', button: 'Run Sweep, simulated' };
  }
  const { honoured } = options.SO_PORT_SCALABILITY;
  return {
    question:
      honoured === 'unknown' ? 'Next: is the option honoured here?' : 'Is that still so today?',
    button: 'Run Sweep, safe',
  };
}

/** What the next step takes, from its preview; '' where it isn't known yet. */
export function priceWords(preview: Pick<Preview, 'stack' | 'plan'> | undefined): string {
  if (preview === undefined) return '';
  if (preview.stack === 'simulated') return 'no socket is opened, no port is taken';
  const { atOnce, seconds } = preview.plan;
  return `${count(atOnce, 'port')} at once for about ${thousands(seconds)} s`;
}
