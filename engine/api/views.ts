import type { RunSeries } from '../analysis/run-series.ts';
import type { CompareDocument } from '../compare/compare-document.ts';
import type { DoctorDocument } from '../doctor/doctor-document.ts';
import type { HeadroomSample } from '../doctor/headroom-sample.ts';
import type { HostFacts } from '../model/host-facts.ts';
import type { SafetyLimits } from '../experiment/safety.ts';
import type { PlanStart } from '../planner/plan-host.ts';
import type { Plan } from '../experiment/experiment.ts';
import type {
  AddressClass,
  Basis,
  ClaimOutcome,
  RunDocument,
  RunStatus,
} from '../run/run-document.ts';

/** What the service answers. Plain JSON, shaped for screens; the run document is the one scripts get. */

export interface Hello {
  readonly labVersion: string;
  /** `desktop`: behind the lab's own window; `web`: any browser on this machine. */
  readonly mode: 'desktop' | 'web';
  /** True until the token was shown: then every call that changes something is refused. */
  readonly readOnly: boolean;
  /** File of recorded runs. */
  readonly database: string;
  readonly host: { readonly name: string; readonly platform: string };
}

export interface HostView {
  readonly facts: HostFacts;
  /** ISO 8601 UTC. */
  readonly readAt: string;
  readonly tookMs: number;
  /** Addresses an experiment would take by itself, by family; [] where there are too few. */
  readonly usableAddresses: { readonly ipv4: readonly string[]; readonly ipv6: readonly string[] };
}

/** One program that holds ports of a pool's dynamic range. */
export interface PortHolder {
  /** 0 is the system itself: sockets in TIME_WAIT have no program any more. */
  readonly pid: number;
  /** '' where it could not be told. */
  readonly name: string;
  /** Distinct numbers it holds in the dynamic range. */
  readonly ports: number;
  /** Of these, how many are bound and neither listen nor connect. */
  readonly boundOnly: number;
  /** Where most of its connections go, `address:port`; '' where there are none. */
  readonly remote: string;
}

/** Who holds ports of one pool now. */
export type HoldersView =
  | {
      readonly known: true;
      readonly readAt: string;
      /** Most ports first. */
      readonly holders: readonly PortHolder[];
      /** Numbers of the dynamic range held on at least one address, as inclusive ranges. */
      readonly inUse: readonly (readonly [from: number, to: number])[];
      /** Numbers outside it that somebody holds. */
      readonly inUseOutside: readonly (readonly [from: number, to: number])[];
    }
  | { readonly known: false; readonly because: string };

/** A look at the host's ports, or why there is none. */
export type DoctorView =
  | { readonly known: true; readonly document: DoctorDocument }
  | { readonly known: false; readonly because: string; readonly hint: string };

/** Headroom over time, as `portlab watch` or a screen's watch recorded it. */
export interface WatchView {
  /** Oldest first; of this host, or of the profile asked for, and of one basis. */
  readonly samples: readonly HeadroomSample[];
  /** How many were recorded in that time; more than `samples` where these were thinned out. */
  readonly recorded: number;
  /** The watch this service keeps of it now; `portlab watch` elsewhere is not seen here. */
  readonly watching: { readonly everySeconds: number } | null;
  /** Why the last look of this service's watch was not recorded, or why that ended by itself. */
  readonly problem: string | null;
}

export interface ExperimentView {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** What it takes, and what it may do to a live server: a sentence each. */
  readonly costs: string;
  readonly risks: string;
  /** Never goes below the reserve. */
  readonly safe: boolean;
  /** JSON Schema of its parameters (`--set`). */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly claims: readonly { readonly id: string; readonly says: string }[];
  readonly minAddresses: number;
  /** Null where it uses all it is given. */
  readonly maxAddresses: number | null;
}

export interface ProfileView {
  readonly name: string;
  /** What it poses as, for an admin. */
  readonly about: string;
  readonly addresses: readonly { readonly address: string; readonly adapter: string }[];
  readonly dynamicRanges: HostFacts['dynamicRanges'];
  readonly excludedRanges: NonNullable<HostFacts['excludedRanges']>;
}

/** What a run would take and risk; nothing was touched. */
export interface Preview {
  readonly experiment: string;
  readonly title: string;
  readonly stack: HostFacts['stack'];
  /** Why this stack. */
  readonly why: string;
  readonly basis: Basis;
  readonly hostname: string;
  readonly profile: string | null;
  readonly addresses: readonly string[];
  readonly addressClass: AddressClass;
  /** Defaults filled in. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly plan: Plan;
  readonly limits: SafetyLimits;
  /** Numbers a wildcard bind may get; null where the range is unknown. */
  readonly usable: number | null;
  /** Nobody could say which ports other programs hold. */
  readonly othersUnknown: boolean;
  /** What it will do, sentence by sentence, for somebody about to press the button. */
  readonly words: readonly string[];
  /** What it risks; empty where it risks nothing worth a sentence. */
  readonly risks: readonly string[];
  /** What to send to those who watch the host, before its ports are exhausted; null where they will not be. */
  readonly monitoring: string | null;
  /** Why it must not start, and what would let it. */
  readonly refusal: { readonly message: string; readonly hint: string } | null;
  /** It may starve this host: `confirm` must then be the name, typed. */
  readonly gate: { readonly hostname: string; readonly message: string } | null;
  /** The console command that does the same. */
  readonly command: string;
}

/** A run that goes on in this service now. */
export interface Activity {
  readonly run: string;
  readonly experiment: string;
  readonly title: string;
  readonly basis: Basis;
  readonly startedAt: string;
  /** 0 to 1. */
  readonly share: number;
  readonly words: string;
  /** Ports held now. */
  readonly held: number;
  /** Numbers free on all addresses now; null where the range is unknown. */
  readonly freeOnAll: number | null;
  readonly reserve: number | null;
  /** Calls recorded and durable. */
  readonly recorded: number;
  readonly stopping: boolean;
}

/** A run as the list shows it. */
export interface RunSummary {
  readonly id: string;
  readonly experiment: string;
  readonly title: string | null;
  readonly tags: readonly string[];
  readonly basis: Basis;
  readonly stack: HostFacts['stack'];
  readonly hostname: string;
  readonly osName: string;
  readonly profile: string | null;
  readonly startedAt: string;
  readonly durationNs: number;
  readonly status: RunStatus;
  readonly eventCount: number;
  readonly addresses: number;
  readonly verdict: string;
  readonly claims: readonly { readonly id: string; readonly outcome: ClaimOutcome }[];
}

/** What a run's events have to be read with. */
export interface RecordingView {
  readonly document: RunDocument;
  readonly claimTexts: Readonly<Record<string, string>>;
  /** Event rows recorded so far. */
  readonly rows: number;
  /** What the address numbers of events mean; entry 0 is ''. */
  readonly addresses: readonly string[];
}

/** One run whole, but for its events. */
export interface RunView extends RecordingView {
  readonly series: RunSeries;
}

/** Recorded runs side by side. */
export interface CompareView {
  readonly document: CompareDocument;
  /** In the same order. */
  readonly runs: readonly Pick<RunView, 'document' | 'series'>[];
  readonly claimTexts: Readonly<Record<string, string>>;
}

/** Events as one recorded chunk: `body` is deflate-raw of what engine/event/event-codec.ts encodes. */
export interface EventChunk {
  /** Number of its first row, from 0. */
  readonly first: number;
  readonly rows: number;
  readonly body: Uint8Array;
}

export interface ReportFile {
  readonly fileName: string;
  readonly mime: string;
  readonly body: Uint8Array;
}

/** What a recorded run on real sockets says of one of the model's switches. */
export interface SwitchAnswer {
  readonly id: string;
  readonly value: string;
  readonly basis: Exclude<Basis, 'modelled'>;
  readonly run: string;
}

/** What a plan starts from. */
export interface PlanStartView extends PlanStart {
  /** When the host was read, or the run began; ISO 8601 UTC. Null of a profile. */
  readonly at: string | null;
  /** What runs on real sockets of that host and build said, newest first. */
  readonly answers: readonly SwitchAnswer[];
}
