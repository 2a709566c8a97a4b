import { isWildcard } from './host.ts';
import type { Hold, Ledger } from './ledger.ts';

/**
 * Pairs of holders no order of legal binds can give; empty when all is well. Told of the holders
 * alone, whatever the rules of choice said on the way.
 */
export function illegalPairs(ledger: Ledger): string[] {
  const found: string[] = [];
  for (const protocol of ['tcp', 'udp'] as const) {
    for (const family of ['ipv4', 'ipv6'] as const) {
      const byPort = new Map<number, Hold[]>();
      for (const hold of ledger.holds(protocol, family)) {
        if (hold.kind === 'explicit') continue;
        const others = byPort.get(hold.port) ?? [];
        for (const other of others) {
          if (!mayStandTogether(ledger, hold, other)) {
            found.push(`${protocol}/${family} ${hold.port}: ${hold.address} and ${other.address}`);
          }
        }
        byPort.set(hold.port, [...others, hold]);
      }
    }
  }
  return found;
}

function mayStandTogether({ switches }: Ledger, one: Hold, two: Hold): boolean {
  const has = (kind: Hold['kind']): boolean => one.kind === kind || two.kind === kind;
  if (one.kind === 'auto-reuse' && two.kind === 'auto-reuse') return true;
  if (one.address === two.address) return isRoutedThere(switches);
  const kept = switches.A2 === 'blocked';
  if (isWildcard(one.address) || isWildcard(two.address)) {
    return switches.A6 === 'as-option' && !(has('legacy') && kept);
  }
  // The auto-reuse range may overlap the dynamic one: its rule looks at the own address only.
  if (!has('legacy') || has('auto-reuse')) return true;
  return !kept || switches['PS-1'] !== 'one-range' || switches.A3 === 'allowed';
}

/** A socket on the wildcard address that stood beside the other one may have been routed to its address by a connect. */
function isRoutedThere(switches: Ledger['switches']): boolean {
  return switches.A6 === 'as-option' && switches.connectSource === 'routed';
}
