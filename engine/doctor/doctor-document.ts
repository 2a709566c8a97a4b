import type { Family, Protocol } from '../model/protocol.ts';
import type { Basis } from '../run/run-document.ts';

/**
 * How bad it is, worst first: no number left · nearly none · ran out lately, or something known to
 * end badly · nothing to do · the sources don't tell.
 */
export const SEVERITIES = ['out', 'low', 'attention', 'well', 'unknown'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How much of one pool's dynamic range is left. All null where the range is unknown. */
export interface HeadroomRow {
  readonly protocol: Protocol;
  readonly family: Family;
  /** Numbers of the range that no exclusion takes out. */
  readonly total: number | null;
  /** Of these, how many are held on at least one address; null where nobody could say. */
  readonly used: number | null;
  /** What option-less applications can still get. */
  readonly freeOnAll: number | null;
}

/** One process in one pool, the lab's own left out. */
export interface HolderRow {
  /** 0 is nobody: what waits in TIME_WAIT has a row of its own, and what has no owner otherwise. */
  readonly pid: number;
  /** `w3wp.exe`; `TIME_WAIT` for what waits there; '' where it could not be told. */
  readonly name: string;
  /** Distinct numbers it holds in the dynamic range; of all numbers where the range is unknown. */
  readonly ports: number;
  /** Of these, how many are bound and neither listen nor connect: every UDP socket is. */
  readonly boundOnly: number;
  /** Where most of its connections go, `address:port`; else how many endpoints; '' without any. */
  readonly remote: string;
  /** How many of its connections go there; 0 where `remote` is no endpoint. */
  readonly toRemote: number;
  readonly protocol: Protocol;
  readonly family: Family;
  /** Handles of the process; null where unknown. */
  readonly handles: number | null;
}

/** An event of source Tcpip in the System log. */
export interface TcpipEvent {
  readonly id: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** What the id means. */
  readonly text: string;
}

/** What `portlab doctor --json` prints. The first seven keys are relied on by scripts. */
export interface DoctorDocument {
  /** One sentence, after the rules in advice.ts. */
  readonly advice: string;
  readonly headroom: readonly HeadroomRow[];
  /** Most ports first. */
  readonly holders: readonly HolderRow[];
  /** Connections in TIME_WAIT by remote endpoint, most first. */
  readonly timeWait: readonly { readonly remote: string; readonly count: number }[];
  /** Of the last 24 hours, newest first; empty also where the log could not be read: see `unknown`. */
  readonly events: readonly TcpipEvent[];
  /** Each names a known problem and what to do ("Do: …"). */
  readonly oddities: readonly string[];
  /**
   * Numbers no running program claims, or that one source counts and another doesn't; null where no
   * source told anything.
   */
  readonly unexplained: number | null;

  /** Sockets looked at, the lab's own included. */
  readonly seen: number;
  readonly severity: Severity;
  /** Read-only commands to review, matching the advice. */
  readonly powershell: string;
  /** What could not be found out, a sentence each. */
  readonly unknown: readonly string[];
  /** Ports the lab itself holds now: in `used`, in no other figure. */
  readonly labPorts: number;

  /** Where all this comes from: only `measured` says anything about Windows. */
  readonly basis: Basis;
  readonly hostname: string;
  /** Operating system and build as a person says it. */
  readonly system: string;
  /** Wine's version, or null. */
  readonly wine: string | null;
  /** The modelled host's profile, or null. */
  readonly profile: string | null;
  /** ISO 8601 UTC. */
  readonly readAt: string;
  readonly tookMs: number;
}
