import type { Family, Protocol } from '../model/protocol.ts';
import type { CapacityEvidence } from './rules/capacity-evidence.ts';
import type { ConnectReuseEvidence } from './rules/connect-reuse-evidence.ts';
import type { TimeWaitEvidence } from './rules/time-wait-evidence.ts';
import type { AddressClass, Arm } from '../run/run-document.ts';
import type { CrossProcessEvidence } from './rules/cross-process-evidence.ts';
import type { LateOptionEvidence } from './rules/late-option-evidence.ts';
import type { SameAdapterEvidence } from './rules/same-adapter-evidence.ts';
import type { WildcardAddressEvidence } from './rules/wildcard-address-evidence.ts';
import type { SweepOwn } from './rules/sweep-evidence.ts';
import type { FullEvidence } from './rules/full-evidence.ts';
import type { ChurnEvidence } from './rules/churn-evidence.ts';
import type { MixedLoadEvidence } from './rules/mixed-load-evidence.ts';
import type { StarvationEvidence } from './rules/starvation-evidence.ts';
import type { OptionConflictEvidence } from './rules/option-conflict-evidence.ts';
import type { ExclusivityEvidence } from './rules/exclusivity-evidence.ts';
import type { WalkthroughEvidence } from './rules/walkthrough-evidence.ts';
import type { VerifyPlanEvidence } from './rules/verify-plan-evidence.ts';
import type { BindMatrixEvidence } from './rules/bind-matrix-evidence.ts';

/** What each experiment brings of its own, beside its arms; a name an experiment. */
export interface OwnEvidence {
  readonly 'bind-matrix': BindMatrixEvidence;
  readonly walkthrough: WalkthroughEvidence;
  readonly exclusivity: ExclusivityEvidence;
  readonly 'connect-reuse': ConnectReuseEvidence;
  readonly 'time-wait': TimeWaitEvidence;
  readonly 'option-conflict': OptionConflictEvidence;
  readonly capacity: CapacityEvidence | null;
  readonly sweep: SweepOwn | null;
  readonly 'late-option': LateOptionEvidence;
  readonly 'wildcard-address': WildcardAddressEvidence;
  readonly 'cross-process': CrossProcessEvidence;
  readonly 'same-adapter': SameAdapterEvidence;
  readonly starvation: StarvationEvidence;
  readonly churn: ChurnEvidence;
  readonly 'mixed-load': MixedLoadEvidence;
  readonly 'verify-plan': VerifyPlanEvidence;
  readonly full: FullEvidence;
}

/** The experiments whose evidence settles something. */
export type ExperimentId = keyof OwnEvidence;

/** What a run brings before the claims' rules: counts of its own sockets, nothing assumed. */
export interface Evidence<E extends ExperimentId = ExperimentId> {
  readonly experiment: E;
  readonly arms: readonly ArmEvidence[];
  readonly own: OwnEvidence[E];
  readonly protocol: Protocol;
  readonly family: Family;
  /** How many addresses it used. */
  readonly addresses: number;
  /** Numbers of the pool a wildcard bind may get (range less exclusions); null where the range is unknown. */
  readonly usable: number | null;
  /** Codes that mean "no port left" on this host, by call. */
  readonly exhaustion: ExhaustionCodes;
  /** Of the Windows that was asked, real or modelled; null where that is unknown. */
  readonly edition: 'client' | 'server' | null;
}

export interface ExhaustionCodes {
  readonly bind: number;
  readonly connect: number;
}

/**
 * 10055 on Windows (AFD bind status 0x209 in Microsoft's port exhaustion troubleshooting, as libuv maps
 * it); Wine passes on what Linux says: 10048 at bind, 10049 at connect.
 */
export function exhaustionCodes(wine: boolean): ExhaustionCodes {
  return wine ? { bind: 10_048, connect: 10_049 } : { bind: 10_055, connect: 10_055 };
}

export interface ArmEvidence extends Pick<Arm, 'strategy' | 'bound' | 'overlap' | 'ended'> {
  /** Sweep only: how the sweeping socket's numbers covered the range. */
  readonly sweep?: SweepEvidence;
}

export interface SweepEvidence {
  /** Ports held on the first address while the second was swept. */
  readonly held: number;
  /** Wildcard binds on the second address that succeeded. */
  readonly swept: number;
  /** Share of the numbers the sweep could have met without a repeat that it did meet, 0 to 1. */
  readonly coverage: number;
  /** The share that counts as having covered the range. */
  readonly enough: number;
  /** Held sockets whose port was no longer the one they were given, at the end of the arm. */
  readonly lost: number;
  /** Coverage is measured against the span of numbers seen, because the range is unknown. */
  readonly bySpan: boolean;
  /** Of the held ports, those that came up on the second address once released, where that was tried. */
  readonly again?: number;
}

/** What a rule says of a claim, before it gets the run's basis and address class. */
export interface Settled {
  readonly outcome: 'confirmed' | 'refuted' | 'inconclusive';
  /** Where it is said of some of the run's addresses only: what kind these are. */
  readonly addressClass?: AddressClass;
  /** How the same claim came out on the run's addresses of another kind. */
  readonly elsewhere?: Settled;
  readonly because: string;
}
