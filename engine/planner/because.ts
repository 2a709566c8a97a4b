import { sharingRules } from '../allocator/sharing-rules.ts';
import { count, thousands } from '../model/words.ts';
import { portsText, quotient } from './figures.ts';
import { WIDEST_RANGE } from './planned-host.ts';
import type { Situation } from './supplies.ts';
import type { Supply, Without } from './supply.ts';

/** Why a strategy takes as many addresses as it does, with the figures and the switch that decides. */
export function because(supply: Supply, situation: Situation, needed: number | null): string {
  const { without, strategy } = supply;
  if (without?.how === 'unusable') return unusable(without);
  const way = { ...supply, strategy: without === null ? strategy : ('legacy' as const) };
  const why = whyOf(way, situation, needed);
  return without === null ? why : `${inVain(without)}: ${why}`;
}

function unusable({ because: by }: Without): string {
  switch (by) {
    case 'A1':
      return 'this host refuses the option (A1): its sockets could not be made';
    case 'unicastPort':
      return 'this host doesn’t know SO_REUSE_UNICASTPORT (unicastPort): setsockopt answers 10042';
    default:
      return 'the dynamic range leaves no block of numbers outside it: narrow it first';
  }
}

function inVain({ because: by }: Without): string {
  switch (by) {
    case 'A1':
      return 'this host takes the option and ignores it (A1), so it is as without';
    case 'implicitConnect':
      return 'there is no auto-reuse range to set where connect chooses by 4-tuple (implicitConnect), so the option shares nothing';
    default:
      return 'the option shares nothing without an auto-reuse range, and the dynamic range leaves no room for one: narrow it first';
  }
}

function whyOf(supply: Supply, situation: Situation, needed: number | null): string {
  const { need, profile } = situation;
  const { strategy, each, block } = supply;
  const { capacity, remotes } = need;
  const divided = `${thousands(capacity)} ÷ ${thousands(each)} = ${quotient(capacity, Math.max(1, each))}`;
  if (strategy === 'reuse-unicast' && block !== null) {
    const range = `${supply.proposed ? 'a proposed' : 'the host’s own'} auto-reuse range, ${portsText(block)}`;
    const shared = `${thousands(each)} numbers, each to ${count(remotes, 'remote')}`;
    const after = supply.proposed ? '; takes effect after a restart' : '';
    const most = Math.ceil(capacity / remotes);
    return `${range}: ${shared} at once, and the busiest gets ${thousands(most)}${after}`;
  }
  if (strategy === 'port-pool' && block !== null) {
    return needed === null
      ? `different addresses share no number here (bindMatrix): ${portsText(block)} are ${thousands(each)} in all`
      : `each address has the numbers ${portsText(block)}: ${divided}`;
  }
  const { allAddressesShare, legacyPerAddress } = sharingRules(profile.assumptions, 'tcp', 'ipv4');
  if (strategy === 'port-scalability') {
    if (allAddressesShare) return `each address has its own ${thousands(each)} (PS-2): ${divided}`;
    return `addresses of one adapter share no number (A28, A27), and each adapter has ${thousands(each)}: ${divided}`;
  }
  const widest = strategy === 'wider-range' ? `, of ${portsText(WIDEST_RANGE)}` : '';
  if (legacyPerAddress) {
    return `each address has its own ${thousands(each)}${widest}, without any option (PS-1): ${divided}`;
  }
  const one = `all addresses together have ${thousands(each)} numbers${widest}`;
  return needed === null
    ? `${one}, ${thousands(capacity)} are needed, and more addresses add nothing (PS-1)`
    : `${one}, and ${thousands(capacity)} are needed (PS-1)`;
}
