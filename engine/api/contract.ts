import { z } from 'zod';
import type { ClaimRow } from '../claim/claims-by-host.ts';
import { LEAST_COMPARED, MOST_COMPARED } from '../compare/compare-document.ts';
import { runWishSchema } from './run-wish.ts';
import type {
  Activity,
  CompareView,
  DoctorView,
  EventChunk,
  ExperimentView,
  Hello,
  HoldersView,
  HostView,
  PlanStartView,
  Preview,
  ProfileView,
  RecordingView,
  ReportFile,
  RunSummary,
  RunView,
  WatchView,
} from './views.ts';

/**
 * Everything a screen may ask the service, and the shape of each question. The service checks every
 * question against this; what the schema refuses reaches no handler.
 */

/** Rises when an old screen could no longer talk to a new service. */
export const API_VERSION = 1;

/**
 * Who may call: `open` anybody, before and after hello · `read` anybody who said hello · `write` only
 * who showed the token, or the lab's own window · `shell` only the desktop's main process.
 */
export type Access = 'open' | 'read' | 'write' | 'shell';

/** Bytes of one part of a file, at most. */
export const MAX_PART_BYTES = 1024 * 1024;
/** Parts a stream may be granted at once. */
export const MAX_CREDITS = 64;

const runId = z.string().min(1).max(100);
const streamId = z.int().min(1).max(4_294_967_295);
const credits = z.int().min(1).max(MAX_CREDITS);
const nothing = z.strictObject({});
/** Bytes that came as the message's body. */
const part = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.length <= MAX_PART_BYTES,
  'bytes are needed, at most 1 MB',
);

function call<S extends z.ZodType>(access: Access, input: S): { access: Access; input: S } {
  return { access, input };
}

export const CALLS = {
  hello: call(
    'open',
    z.strictObject({
      api: z.int(),
      /** The token of the address `portlab serve` printed. */
      token: z.string().max(200).optional(),
    }),
  ),
  host: call('read', z.strictObject({ fresh: z.boolean().default(false) })),
  holders: call(
    'read',
    z.strictObject({ protocol: z.enum(['tcp', 'udp']), family: z.enum(['ipv4', 'ipv6']) }),
  ),
  /**
   * What ails the host's ports: read anew unless somebody just did, in some seconds. With a profile, a
   * modelled host instead.
   */
  doctor: call('read', z.strictObject({ profile: z.string().min(1).max(100).optional() })),
  /** Headroom of the last hours, as recorded; beyond `most` samples the tightest of each stretch of time. */
  watch: call(
    'read',
    z.strictObject({
      hours: z
        .number()
        .positive()
        .max(24 * 366)
        .default(24),
      most: z.int().min(2).max(10_000).default(1_000),
      profile: z.string().min(1).max(100).optional(),
    }),
  ),
  experiments: call('read', nothing),
  profiles: call('read', nothing),
  /** The documented claims, and how each came out per host. */
  claims: call('read', nothing),
  /** Figures of a host to plan for: this one's, a recorded run's, or a profile's. */
  planStart: call(
    'read',
    z.union([
      z.strictObject({ from: z.literal('host'), fresh: z.boolean().default(false) }),
      z.strictObject({ run: runId }),
      z.strictObject({ profile: z.string().min(1).max(100) }),
    ]),
  ),
  /** Decides a run in every detail and touches nothing. */
  preview: call('read', z.strictObject({ wish: runWishSchema })),
  activities: call('read', nothing),
  runs: call('read', nothing),
  run: call('read', z.strictObject({ run: runId })),
  /** Recorded runs side by side, in the order named. */
  compare: call(
    'read',
    z.strictObject({ runs: z.array(runId).min(LEAST_COMPARED).max(MOST_COMPARED) }),
  ),
  /** What a run's events have to be read with: everything but what is folded out of them. At once. */
  recording: call('read', z.strictObject({ run: runId })),
  /** The recorded chunk that holds row `row`. */
  events: call('read', z.strictObject({ run: runId, row: z.int().min(0) })),
  report: call('read', z.strictObject({ run: runId, format: z.enum(['html', 'json', 'csv']) })),
  /** A stream of a run's events from row `from` on, followed to its end while it is recorded. */
  openEvents: call(
    'read',
    z.strictObject({ run: runId, from: z.int().min(0).default(0), credits }),
  ),
  /** A stream of a run as a `.labrun` file. */
  openExport: call('read', z.strictObject({ run: runId, credits })),
  grant: call('read', z.strictObject({ stream: streamId, credits })),
  closeStream: call('read', z.strictObject({ stream: streamId })),

  /** Looks at headroom every so many seconds and records it, until stopped or the lab ends. */
  startWatch: call(
    'write',
    z.strictObject({
      everySeconds: z.number().min(1).max(86_400),
      profile: z.string().min(1).max(100).optional(),
    }),
  ),
  stopWatch: call('write', z.strictObject({ profile: z.string().min(1).max(100).optional() })),
  startRun: call('write', z.strictObject({ wish: runWishSchema })),
  /** Answers when everything the run held is released. */
  stopRun: call('write', z.strictObject({ run: runId })),
  /** Takes runs out of the list; for good when the lab ends or after a while, until then `undelete`. */
  deleteRuns: call('write', z.strictObject({ runs: z.array(runId).min(1).max(10_000) })),
  undeleteRuns: call('write', z.strictObject({ runs: z.array(runId).min(1).max(10_000) })),
  beginImport: call(
    'write',
    z.strictObject({ name: z.string().min(1).max(300), bytes: z.int().min(1).max(4e9) }),
  ),
  importPart: call('write', z.strictObject({ upload: streamId, body: part })),
  /** Checks and records what was uploaded. */
  endImport: call('write', z.strictObject({ upload: streamId })),
  abortImport: call('write', z.strictObject({ upload: streamId })),

  importFile: call('shell', z.strictObject({ path: z.string().min(1).max(32_767) })),
} as const;

export type CallName = keyof typeof CALLS;
/** What a screen sends. */
export type CallInput<N extends CallName> = z.input<(typeof CALLS)[N]['input']>;
/** What a handler gets. */
export type CallArgument<N extends CallName> = z.output<(typeof CALLS)[N]['input']>;

export interface OpenedStream {
  readonly stream: number;
}

export type Imported =
  /** `known`: it was in the library already, and is the same. */
  { readonly run: string; readonly known: boolean };

export interface CallResults {
  hello: Hello;
  host: HostView;
  holders: HoldersView;
  doctor: DoctorView;
  watch: WatchView;
  experiments: { readonly experiments: readonly ExperimentView[] };
  profiles: { readonly profiles: readonly ProfileView[] };
  claims: { readonly claims: readonly ClaimRow[] };
  planStart: PlanStartView;
  preview: Preview;
  activities: { readonly activities: readonly Activity[] };
  runs: { readonly runs: readonly RunSummary[] };
  run: RunView;
  recording: RecordingView;
  compare: CompareView;
  events: EventChunk;
  report: ReportFile;
  openEvents: OpenedStream;
  openExport: OpenedStream & { readonly fileName: string; readonly bytes: number };
  grant: null;
  closeStream: null;
  startWatch: null;
  stopWatch: null;
  startRun: { readonly run: string };
  stopRun: { readonly run: string; readonly status: string };
  deleteRuns: { readonly deleted: readonly string[]; readonly untilSeconds: number };
  undeleteRuns: { readonly restored: readonly string[] };
  beginImport: { readonly upload: number };
  importPart: null;
  endImport: Imported;
  abortImport: null;
  importFile: Imported;
}

/** What the service says unasked. */
export interface ServiceEvents {
  /** One part of a stream; takes one credit. */
  part(part: StreamPart): void;
  /** A stream's last word. `error` where it broke off. */
  end(end: {
    readonly stream: number;
    readonly error: { kind: string; message: string; hint: string } | null;
  }): void;
  /** What goes on now, whenever it changed, a few times a second at most. */
  activity(state: { readonly activities: readonly Activity[] }): void;
  /** A run ended. */
  ended(end: {
    readonly run: string;
    readonly title: string;
    readonly status: string;
    readonly verdict: string;
  }): void;
  /** The list of runs changed. */
  runsChanged(nothing: Record<string, never>): void;
}

export interface StreamPart {
  readonly stream: number;
  /** Of an events stream: number of the first row in `body`. Of an export: offset of its first byte. */
  readonly at: number;
  /** Of an events stream: rows in `body`. */
  readonly rows: number;
  /** Of an events stream: entries of the address table that are new with this part, in order. */
  readonly addresses: readonly string[];
  /** Of an events stream: one recorded chunk, as EventChunk.body. Of an export: bytes of the file. */
  readonly body: Uint8Array;
}
