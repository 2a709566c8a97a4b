import type { z } from 'zod';
import type { Holdings } from '../analysis/holdings.ts';
import type { ArmEvidence, Evidence, ExperimentId, OwnEvidence } from '../claim/evidence.ts';
import type { ClaimId } from '../claim/claims.ts';
import type { PortRange } from '../model/port-range.ts';
import type { Family, Protocol } from '../model/protocol.ts';
import type { SocketOption } from '../model/socket-option.ts';
import type { Strategy } from '../model/strategy.ts';
import type { Arm } from '../run/run-document.ts';
import type { SocketOwner } from '../stack/socket-owner.ts';
import type { AddressId, SocketStack } from '../stack/socket-stack.ts';
import type { CommonParameters } from './parameters.ts';
import type { SafetyLimits } from './safety.ts';

/**
 * One experiment: what it is called, what it asks for, what it would take, and how it runs. Written
 * once, run on either stack.
 */
export interface Experiment<
  P extends CommonParameters = CommonParameters,
  E extends ExperimentId = ExperimentId,
> {
  readonly id: E;
  readonly title: string;
  /** What it shows and how, for the catalogue: one or two sentences. */
  readonly summary: string;
  /** What it takes: ports, time, in a sentence. */
  readonly costs: string;
  /** What it may do to a live server, in a sentence. */
  readonly risks: string;
  /** Safe experiments never go below the reserve, whatever the host does. */
  readonly safe: boolean;
  /**
   * It goes below the reserve only where the run was asked to, never because the reserve is unknown:
   * what it does without being asked is safe.
   */
  readonly safeUnlessAsked?: true;
  readonly parameters: z.ZodType<P>;
  readonly claims: readonly ClaimId[];
  readonly minAddresses: number;
  /** It uses no more than these, the first ones; Infinity where it uses all. */
  readonly maxAddresses: number;
  /** It asks questions of the other protocol's pool as well. */
  readonly bothPools?: true;
  /** What it would take and risk, without touching anything. */
  plan(situation: Situation<P>): Plan;
  /** Longest it may take unless the admin says otherwise, seconds; `MAX_SECONDS` where left out. */
  readonly maxSeconds?: number;
  /** Processes that own sockets beside the lab's own, started before the first socket; none where left out. */
  processes?(parameters: P): number;
  /** Runs to its end, or until `context.stop` says so; leaves nothing open. */
  run(context: ExperimentContext<P>): Promise<Outcome<E>>;
}

/** What is known before a run. */
export interface Situation<P> {
  readonly parameters: P;
  readonly addresses: number;
  /** Numbers of the pool a wildcard bind may get; null where the range is unknown. */
  readonly usable: number | null;
  readonly limits: SafetyLimits;
  /** The adapter of each of the run's addresses, in order; undefined for loopback, or where unknown. */
  readonly adapters?: readonly (string | undefined)[] | undefined;
  /** The other protocol's pool, where the experiment asks for it and a reserve can be kept there. */
  readonly otherPool?: PoolFacts | null;
}

/** One protocol's pool of the run's family. */
export interface PoolFacts {
  readonly protocol: Protocol;
  /** Numbers a wildcard bind may get; null where the range is unknown. */
  readonly usable: number | null;
  readonly range: PortRange | null;
  readonly limits: SafetyLimits;
}

export interface Plan {
  /** Successful binds in all, at most. */
  readonly wouldHold: number;
  /** Ports held at the same time, at most. */
  readonly atOnce: number;
  /** Port numbers option-less applications can't get at the worst moment, at most. */
  readonly unionLost: number;
  /** Numbers left to them at that moment; null where the range is unknown. */
  readonly legacyLeft: number | null;
  /** Rough duration of the run, seconds. */
  readonly seconds: number;
  /** Why it can't run as asked, if so. */
  readonly refusal: string | null;
  /** What would let it run, where that is nothing about limits. */
  readonly hint?: string;
}

/** Sockets a second a plan reckons with: no public figure exists for Windows, so a cautious one. */
export const PLANNED_SOCKETS_PER_SECOND = 10_000;

/** Everything an experiment works with. */
export interface ExperimentContext<P> extends Situation<P> {
  readonly stack: SocketStack;
  /** The run's addresses, in the order the admin gave. */
  readonly addressIds: readonly AddressId[];
  readonly protocol: Protocol;
  readonly family: Family;
  /** Who can own sockets: the lab itself first (process 0), then the processes the experiment asked for. */
  readonly owners: readonly SocketOwner[];
  /** The host's dynamic range of the pool; null where it is unknown. */
  readonly range: PortRange | null;
  /** Where SO_REUSE_UNICASTPORT takes numbers from; count 0 where there is none, null where it is unknown. */
  readonly autoReuseRange: PortRange | null;
  /** Integer; what an experiment chooses at random it takes from here. */
  readonly seed: number;
  /** What the lab holds, kept up to date by every call. */
  readonly holdings: Holdings;
  readonly exhaustion: Evidence['exhaustion'];
  /** Hold the last arm's peak this long, seconds. */
  readonly holdSeconds: number;
  /**
   * Lets the rest of the service breathe, waits for the writer where that distorts nothing, and
   * paces. Called between slices.
   * @param pauseMs wait at least this long (Winsock only: the simulated clock doesn't wait)
   */
  breathe(pauseMs?: number): Promise<void>;
  /**
   * Lets time pass: real time on real sockets (looked through for a stop), the model's clock else. An
   * event where the model's clock moves.
   * @param seconds how long; ends early once the run must end
   */
  wait(seconds: number): Promise<void>;
  /** Set once the run must end; experiments look between slices. */
  readonly stop: StopRequest;
  /** Marks arms in the recording and says where the run is. */
  readonly stage: Stage;
}

export interface StopRequest {
  readonly reason: 'cancelled' | 'stopped-for-safety' | 'failed' | null;
}

export interface Stage {
  /** A new arm begins: nothing is held. @returns its index, 1 and up */
  beginArm(strategy: Strategy): number;
  /** The arm holds all it will hold. */
  peak(): void;
  /** Inside an arm, holding is done and the measured part begins. */
  phase(): void;
  /** The arm has released everything. */
  endArm(): void;
  /**
   * Announces that option-less sockets are about to starve, and takes that back. Outside an announced
   * window a canary that finds no port ends the run. To be awaited before the first socket that may
   * starve them, and after the last is released.
   */
  window(open: boolean): Promise<void>;
  /** How far the whole run is, 0 to 1, in a few words. */
  progress(share: number, words: string): void;
}

/** Options a strategy's sockets carry. */
export const STRATEGY_OPTIONS: Readonly<Record<Strategy, readonly SocketOption[]>> = {
  legacy: [],
  'port-scalability': ['SO_PORT_SCALABILITY'],
  'reuse-unicast': ['SO_REUSE_UNICASTPORT'],
  'port-pool': [],
};

export interface Outcome<E extends ExperimentId = ExperimentId> {
  readonly arms: readonly (Arm & Pick<ArmEvidence, 'sweep'>)[];
  readonly measures: Readonly<Record<string, number>>;
  readonly own: OwnEvidence[E];
}
