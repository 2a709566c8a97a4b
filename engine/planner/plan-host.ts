import { parseAddress } from '../model/address.ts';
import type { HostFacts } from '../model/host-facts.ts';
import { thousands } from '../model/words.ts';
import { exclusionsOf, type ResolvedProfile } from '../profile/resolved-profile.ts';
import { portCount, portsInBoth, portsWithout } from './free-ranges.ts';
import type { PlanHost } from './plan-document.ts';

/** What a plan starts from. */
export interface PlanStart {
  readonly host: PlanHost;
  /** The rules and switches that hold, with the host's own ranges, exclusions and addresses. */
  readonly profile: ResolvedProfile;
  /** What was not known, and what stands for it: a sentence each. */
  readonly notes: readonly string[];
}

const ONE_ASSUMED = 'No IPv4 address to plan with is known: one is assumed.';

/** The same with as many addresses as somebody says are at hand. */
export function withAddresses(start: PlanStart, addresses: number): PlanStart {
  return {
    ...start,
    host: { ...start.host, addresses },
    notes: start.notes.filter((note) => note !== ONE_ASSUMED),
  };
}

/**
 * A host as its facts tell it.
 * @param usedByOthers numbers of the dynamic range that programs hold; null where nobody could say
 * @param base whose rules hold, and whose figures stand where the host did not tell its own
 */
export function planHostOfFacts(
  facts: HostFacts,
  usedByOthers: number | null,
  base: ResolvedProfile,
): PlanStart {
  const notes: string[] = [];
  const known = <T>(fact: T | null, instead: T, what: string): T => {
    if (fact !== null) return fact;
    notes.push(`${what} could not be read: that of profile ${base.name} stands for it.`);
    return instead;
  };
  const usable = facts.addresses.filter(isAtHand);
  if (usable.length === 0) notes.push(ONE_ASSUMED);
  if (usedByOthers === null) {
    notes.push('Which ports other programs hold is not known: none of them are counted.');
  }
  const { honoured } = facts.options.SO_PORT_SCALABILITY;
  const settled = honoured === 'unknown' ? base.assumptions.A1 : A1_OF[honoured];
  const profile: ResolvedProfile = {
    ...base,
    addresses: usable.map(({ address, interface: adapter }) => ({ address, adapter })),
    dynamicRanges: {
      ...base.dynamicRanges,
      tcp4: known(facts.dynamicRanges.tcp4, base.dynamicRanges.tcp4, 'The dynamic port range'),
    },
    excludedRanges: known(facts.excludedRanges, base.excludedRanges, 'The list of excluded ranges'),
    autoReuseRange: known(facts.autoReuseRange, base.autoReuseRange, 'The auto-reuse range'),
    assumptions: { ...base.assumptions, A1: settled },
    holders: [],
    churn: [],
  };
  const host = figuresOf(profile, usedByOthers ?? 0);
  const measured = honoured === 'unknown' ? [] : ['A1'];
  return { host: { ...host, name: facts.hostname, from: 'host', measured }, profile, notes };
}

/** A modelled host: a profile's own figures. */
export function planHostOfProfile(profile: ResolvedProfile): PlanStart {
  const own = profile.addresses.filter(({ address }) => familyOf(address) === 'ipv4');
  const notes = own.length === 0 ? [ONE_ASSUMED] : [];
  const range = profile.dynamicRanges.tcp4;
  const excluded = exclusionsOf(profile, 'tcp4');
  const stay = profile.holders.filter(isTcp4);
  const held = portCount(portsWithout(portsInBoth(stay, [range]), excluded));
  const come = profile.churn
    .filter(isTcp4)
    .reduce((sum, { perSecond, holdSeconds }) => sum + perSecond * holdSeconds, 0);
  if (come > 0) {
    notes.push(
      `Applications that come and go hold some ${thousands(come)} ports on average: so many are counted.`,
    );
  }
  const free = range.count - portCount(portsInBoth(excluded, [range])) - held;
  const host = figuresOf(profile, held + Math.min(free, Math.ceil(come)));
  return { host, profile: { ...profile, addresses: own, churn: [] }, notes };
}

const A1_OF = { yes: 'honoured', no: 'ignored' } as const;

/** What is counted of a profile; its name is the host's until something else is. */
function figuresOf(profile: ResolvedProfile, usedByOthers: number): PlanHost {
  const range = profile.dynamicRanges.tcp4;
  const addresses = profile.addresses.filter(({ address }) => familyOf(address) === 'ipv4');
  const { start, count } = profile.autoReuseRange;
  return {
    name: profile.name,
    from: 'profile',
    profile: profile.name,
    addresses: Math.max(1, addresses.length),
    dynamicRange: range,
    excluded: portCount(portsInBoth(exclusionsOf(profile, 'tcp4'), [range])),
    usedByOthers,
    autoReuseRange: count === 0 ? { start: 0, count: 0 } : { start, count },
    timeWaitSeconds: Number(profile.assumptions.A21),
  };
}

/** One the lab would choose by itself. */
function isAtHand(entry: HostFacts['addresses'][number]): boolean {
  return entry.family === 'ipv4' && entry.class === 'nic' && entry.notDefaultBecause === undefined;
}

function isTcp4({ protocol, address }: { protocol: string; address: string }): boolean {
  return protocol === 'tcp' && familyOf(address) === 'ipv4';
}

function familyOf(address: string): string | undefined {
  return parseAddress(address)?.family;
}
