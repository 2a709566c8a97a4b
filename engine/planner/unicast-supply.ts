import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import { proposedBlock } from './blocks.ts';
import { portCount, portsInBoth, portsWithout } from './free-ranges.ts';
import { legacySupply } from './legacy-supply.ts';
import type { PlanWish } from './plan-document.ts';
import { keptOutOf, usablePorts, type PlannedHost } from './planned-host.ts';
import { NO_GROWTH, poolEachRemote, type Left, type Supply, type Without } from './supply.ts';

/**
 * Ports chosen at connect with SO_REUSE_UNICASTPORT (KB3149157): each number serves every remote, so
 * long as the host has an auto-reuse range. Where it has none, one is proposed.
 * @param capacity what must be carried. @param atHand addresses
 */
export function unicastSupply(
  host: PlannedHost,
  profile: ResolvedProfile,
  wish: PlanWish,
  { capacity, atHand }: { readonly capacity: number; readonly atHand: number },
): Supply {
  const { assumptions } = profile;
  const bare = legacySupply(host, profile);
  const legacy = { ...bare, strategy: 'reuse-unicast' as const };
  if (assumptions.unicastPort === 'unknown-option') {
    return {
      ...legacy,
      each: 0,
      without: { how: 'unusable', because: 'unicastPort' },
      ...NO_GROWTH,
      left: () => ({ min: bare.each, max: bare.each }),
    };
  }
  const without = (because: Without['because']): Supply => ({
    ...legacy,
    without: { how: 'as-legacy', because },
  });
  const own = host.autoReuse.count > 0;
  // Choosing by 4-tuple is Linux's way: below Wine there is no range to set.
  if (!own && assumptions.implicitConnect === 'per-tuple') return without('implicitConnect');
  const most = Math.ceil(capacity / wish.remotes);
  const block = own
    ? host.autoReuse
    : proposedBlock(host, most, Math.ceil(most / Math.max(1, atHand)));
  if (block === null) return without('no room');
  const with_ = own ? host : { ...host, autoReuse: block, keptOut: keptOutOf(block, profile) };
  const numbers = portsWithout([block], [...host.excluded, ...host.others, ...host.othersOutside]);
  const each = portCount(numbers);
  const usable = usablePorts(with_);
  const inRange = portCount(portsInBoth(numbers, usable));
  const shares = assumptions.A3 === 'allowed';
  return {
    ...legacy,
    host: with_,
    block,
    proposed: !own,
    each,
    ...poolEachRemote(each, wish),
    left: (held, addresses): Left => {
      const all = portCount(usable);
      const fewest = Math.ceil(held / Math.max(1, addresses * wish.remotes));
      return {
        min: all - Math.min(inRange, held),
        max: shares ? all : all - Math.max(0, fewest - (each - inRange)),
      };
    },
  };
}
