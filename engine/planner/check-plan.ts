import { thousands } from '../model/words.ts';
import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import { carryOut, NOTHING, type CarriedOut } from './carry-out.ts';
import { needOf } from './plan.ts';
import type { PlanHost, PlanStrategy, PlanWish } from './plan-document.ts';
import { suppliesOf } from './supplies.ts';

/** A strategy's plan, carried out on the model. */
export interface PlanCheck {
  readonly strategy: PlanStrategy;
  readonly addresses: number;
  /** The capacity was reached; null where the check was cut short before it could tell. */
  readonly met: boolean | null;
  /** What was held in the end. */
  readonly held: number;
  readonly capacity: number;
  /** Numbers option-less applications could still get once the need was held; null where it never was. */
  readonly leftAtPeak: number | null;
  /** The first call that failed for want of a port; null where none did. */
  readonly refusedAt: CarriedOut['refusedAt'];
  /** Why it was not carried out to its end; null where it was. */
  readonly cutShort: string | null;
}

/** Most sockets of a check: what a worker does in some tenths of a second. */
const MOST_SOCKETS = 250_000;
/** Each address takes memory of the model. */
const MOST_ADDRESSES = 1_024;

/**
 * Takes ports on a modelled host until the plan's capacity is reached or none is left: what the
 * arithmetic of `planFor` says is thereby checked against the allocator itself.
 * @param addresses how many the strategy is to have; one fewer than it needs shows that it needs them
 */
export function checkPlan(
  wish: PlanWish,
  host: PlanHost,
  profile: ResolvedProfile,
  strategy: PlanStrategy,
  addresses: number,
): PlanCheck {
  const need = needOf(wish, host, profile);
  const supply = suppliesOf({ need, host, profile }).find((one) => one.strategy === strategy);
  const { heldAtPeak: peak, capacity } = need;
  const wanted = Math.min(capacity, MOST_SOCKETS);
  const used = Math.min(addresses, MOST_ADDRESSES);
  const { held, leftAtPeak, refusedAt }: CarriedOut =
    supply === undefined || used < 1
      ? NOTHING
      : carryOut(supply, { wish, host, profile, addresses: used, peak, wanted });
  const short = held < wanted;
  const cutShort = short
    ? used < addresses
      ? `only ${thousands(MOST_ADDRESSES)} addresses were simulated`
      : null
    : wanted < capacity
      ? `only ${thousands(MOST_SOCKETS)} sockets were simulated`
      : null;
  const met = cutShort === null ? !short : null;
  return { strategy, addresses, met, held, capacity, leftAtPeak, refusedAt, cutShort };
}
