import type { RunDocument, RunHead, RunStatus } from '#engine/run/run-document.ts';
import type { ReadableDatabase, WritableDatabase } from './database.ts';

/** A run's row: scalars as they are, the rest as JSON text. Times in ns. */
export interface RunRow {
  readonly rid: number;
  readonly id: string;
  readonly experiment: string;
  readonly title: string | null;
  readonly stack: RunHead['stack'];
  readonly ffi: RunHead['ffi'];
  readonly status: RunStatus;
  readonly started_at: string;
  readonly duration_ns: number;
  readonly event_count: number;
  readonly row_count: number;
  readonly seed: number;
  readonly version: number;
  readonly lab_version: string;
  readonly verdict: string;
  readonly command: string;
  readonly addresses: string;
  readonly host: string;
  readonly profile: string | null;
  readonly parameters: string;
  readonly measures: string;
  readonly arms: string;
  readonly claims: string;
  readonly findings: string;
  readonly safety: string;
  /** Absent in files of labs before scripts' answers were kept. */
  readonly script?: string | null;
  /** Absent in files of labs before a run's extras were kept. */
  readonly extras?: string | null;
}

/** What the recorder counts by itself. */
export interface Progress {
  /** Event rows. */
  readonly rows: number;
  /** Calls these rows stand for: the run's `eventCount`. */
  readonly calls: number;
  /** End of the last call, ns since the run began. */
  readonly durationNs: number;
}

/** What an interrupted run says: its own verdict was never reached. */
const INTERRUPTED_VERDICT =
  'Interrupted: the lab ended before the run did; what was recorded until then is kept.';

const COLUMNS = [
  'id',
  'experiment',
  'title',
  'stack',
  'ffi',
  'status',
  'started_at',
  'duration_ns',
  'event_count',
  'row_count',
  'seed',
  'version',
  'lab_version',
  'verdict',
  'command',
  'addresses',
  'host',
  'profile',
  'parameters',
  'measures',
  'arms',
  'claims',
  'findings',
  'safety',
  'script',
  'extras',
] as const satisfies readonly (keyof RunRow)[];

function toRow(document: RunDocument, rows: number): Required<Omit<RunRow, 'rid'>> {
  const { run } = document;
  return {
    id: run.id,
    experiment: run.experiment,
    title: run.title,
    stack: run.stack,
    ffi: run.ffi,
    status: run.status,
    started_at: run.startedAt,
    duration_ns: run.durationNs,
    event_count: run.eventCount,
    row_count: rows,
    seed: run.seed,
    version: run.version,
    lab_version: run.labVersion,
    verdict: document.verdict,
    command: document.command,
    addresses: JSON.stringify(run.addresses),
    host: JSON.stringify(run.host),
    profile: run.profile === null ? null : JSON.stringify(run.profile),
    parameters: JSON.stringify(document.parameters),
    measures: JSON.stringify(document.measures),
    arms: JSON.stringify(document.arms),
    claims: JSON.stringify(document.claims),
    findings: JSON.stringify(document.findings),
    safety: JSON.stringify(document.safety),
    script:
      document.script === undefined
        ? null
        : JSON.stringify({ script: document.script, steps: document.steps ?? [] }),
    extras: extrasText(document),
  };
}

/** Parts of a document that only some runs have. */
const EXTRAS = [
  'answers',
  'experiments',
  'model',
] as const satisfies readonly (keyof RunDocument)[];

function extrasText(document: RunDocument): string | null {
  const kept = EXTRAS.filter((key) => document[key] !== undefined);
  if (kept.length === 0) return null;
  return JSON.stringify(Object.fromEntries(kept.map((key) => [key, document[key]])));
}

/**
 * Until a run is sealed its duration and event count are what has been recorded, so they begin at 0.
 * Belongs into a transaction.
 * @returns the new run's rid
 */
export function insertRun(db: WritableDatabase, document: RunDocument): number {
  const row = toRow({ ...document, run: { ...document.run, durationNs: 0, eventCount: 0 } }, 0);
  const result = db
    .prepare(
      `INSERT INTO run (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`,
    )
    .run(COLUMNS.map((column) => row[column]));
  const rid = Number(result.lastInsertRowid);
  writeTags(db, rid, document.run.tags);
  return rid;
}

/** Replaces all a run's row says. Belongs into a transaction. @returns false when the run is gone */
export function updateRun(
  db: WritableDatabase,
  rid: number,
  document: RunDocument,
  rows: number,
): boolean {
  const row = toRow(document, rows);
  const result = db
    .prepare(`UPDATE run SET ${COLUMNS.map((column) => `${column} = ?`).join(', ')} WHERE rid = ?`)
    .run([...COLUMNS.map((column) => row[column]), rid]);
  db.prepare('DELETE FROM run_tag WHERE rid = ?').run(rid);
  if (result.changes > 0) writeTags(db, rid, document.run.tags);
  return result.changes > 0;
}

function writeTags(db: WritableDatabase, rid: number, tags: readonly string[]): void {
  const insert = db.prepare('INSERT INTO run_tag (rid, idx, tag) VALUES (?, ?, ?)');
  tags.forEach((tag, index) => insert.run(rid, index, tag));
}

/** The document as it was stored; an interrupted run says so instead of a verdict. */
export function toDocument(db: ReadableDatabase, row: RunRow): RunDocument {
  return {
    run: toHead(db, row),
    parameters: JSON.parse(row.parameters) as RunDocument['parameters'],
    measures: JSON.parse(row.measures) as RunDocument['measures'],
    arms: JSON.parse(row.arms) as RunDocument['arms'],
    claims: JSON.parse(row.claims) as RunDocument['claims'],
    findings: JSON.parse(row.findings) as RunDocument['findings'],
    verdict: row.status === 'interrupted' ? INTERRUPTED_VERDICT : row.verdict,
    safety: JSON.parse(row.safety) as RunDocument['safety'],
    command: row.command,
    ...answersOf(row),
    ...extrasOf(row),
  };
}

function extrasOf({ extras }: RunRow): Pick<RunDocument, (typeof EXTRAS)[number]> {
  if (extras === undefined || extras === null) return {};
  return JSON.parse(extras) as Pick<RunDocument, (typeof EXTRAS)[number]>;
}

/** What a script's run adds to a document. */
function answersOf({ script }: RunRow): Pick<RunDocument, 'script' | 'steps'> {
  if (script === undefined || script === null) return {};
  return JSON.parse(script) as Pick<RunDocument, 'script' | 'steps'>;
}

export function toHead(db: ReadableDatabase, row: RunRow): RunHead {
  return {
    id: row.id,
    experiment: row.experiment,
    title: row.title,
    tags: db
      .prepare<[number], { tag: string }>('SELECT tag FROM run_tag WHERE rid = ? ORDER BY idx')
      .all(row.rid)
      .map(({ tag }) => tag),
    stack: row.stack,
    ffi: row.ffi,
    host: JSON.parse(row.host) as RunHead['host'],
    profile: row.profile === null ? null : (JSON.parse(row.profile) as RunHead['profile']),
    seed: row.seed,
    startedAt: row.started_at,
    durationNs: row.duration_ns,
    status: row.status,
    eventCount: row.event_count,
    version: row.version,
    labVersion: row.lab_version,
    addresses: JSON.parse(row.addresses) as string[],
  };
}
