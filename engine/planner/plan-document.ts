import type { PortRange } from '../model/port-range.ts';
import type { ProfileFile } from '../profile/profile-file.ts';
import type { Strategy } from '../model/strategy.ts';

/** The answer of `portlab plan` and of the Planner screen. Names are relied on by scripts. */

/** Ways to get ports that a plan weighs; `wider-range` is legacy with the widest dynamic range there can be. */
export type PlanStrategy = Strategy | 'wider-range';

/** What is needed, as it was asked. */
export interface PlanWish {
  /** Outbound TCP connections open at once. */
  readonly connections: number;
  /** Remote endpoints (address:port) they go to, evenly. */
  readonly remotes: number;
  /** New connections a second; each leaves its port in TIME_WAIT when it closes. 0 counts none. */
  readonly perSecond: number;
  /** Share of the capacity kept free, percent, 0 to 99. */
  readonly headroomPercent: number;
}

/** The host a plan is for: a profile's rules with a host's own figures over them. */
export interface PlanHost {
  /** `documented`, a host's name, or a run's id. */
  readonly name: string;
  readonly from: 'profile' | 'host' | 'run';
  /** The profile whose rules and switches hold. */
  readonly profile: string;
  /** Local addresses at hand. */
  readonly addresses: number;
  readonly dynamicRange: PortRange;
  /** Numbers of the dynamic range that are excluded. */
  readonly excluded: number;
  /** Numbers of the dynamic range that others hold, on any address. */
  readonly usedByOthers: number;
  readonly autoReuseRange: PortRange;
  readonly timeWaitSeconds: number;
  /** Switches that recorded runs on this host have settled; none where left out. */
  readonly measured?: readonly string[] | undefined;
}

export interface StrategyPlan {
  readonly strategy: PlanStrategy;
  /** Null where no number of addresses is enough. */
  readonly addressesNeeded: number | null;
  /** Numbers option-less applications can still get at the peak; a span where it rests on how numbers are picked (A19, A20). */
  readonly portsLeftForLegacy: { readonly min: number; readonly max: number };
  /** From nothing held until the addresses at hand have no port left, at the rate asked; null: never, or no rate was asked. */
  readonly secondsToExhaustion: number | null;
  /** First thing to break as load grows, in a few words. */
  readonly firstLimit: string;
  readonly because: string;
  /** What the addresses at hand carry. */
  readonly atHand: number;
  /** Numbers it draws on beside the dynamic range: an auto-reuse range, or a block of its own; null: none. */
  readonly block: PortRange | null;
  /** The host doesn't have that block yet. */
  readonly proposed: boolean;
}

/** One question of the decision tree, answered with the user's numbers. */
export interface PlanStep {
  readonly question: string;
  /** `78,750`, `no`, `2 short`, `yes, 1 address`. */
  readonly answer: string;
  readonly tone: 'plain' | 'yes' | 'warn' | 'no';
  /** The arithmetic: `45,000 + 150/s × 120 s = 63,000; ÷ (1 − 20 %)`. */
  readonly detail: string;
}

export interface PlanDocument {
  readonly need: PlanWish & {
    /** Connections and those in TIME_WAIT. */
    readonly heldAtPeak: number;
    /** What must be there: heldAtPeak and the headroom. */
    readonly capacity: number;
    /** Numbers of the dynamic range one address can give. */
    readonly usablePerAddress: number;
  };
  readonly host: PlanHost;
  /** Best first. */
  readonly strategies: readonly StrategyPlan[];
  /** The first of `strategies` that needs no more than some number of addresses; null where none does. */
  readonly recommended: PlanStrategy | null;
  /** The answer in one sentence. */
  readonly sentence: string;
  readonly steps: readonly PlanStep[];
  /** KB951764: ceil(connections / 60,000 × 2) addresses, for incoming HTTP connections of RPC proxies. */
  readonly ruleOfThumb: { readonly addresses: number; readonly because: string };
  /** Switches the answer rests on. */
  readonly assumptions: readonly string[];
  /** To review, never run by the lab. */
  readonly powershell: string;
  /** The console command of the experiment that verifies the recommended plan; null where there is none. */
  readonly verify: string | null;
  /** Content of the profile file that command names; null where a shipped profile is that host. */
  readonly verifyProfile: ProfileFile | null;
}
