import type { HeadroomSample, PoolSample } from '#engine/doctor/headroom-sample.ts';
import type { Family, Protocol } from '#engine/model/protocol.ts';
import type { Basis } from '#engine/run/run-document.ts';
import { openForReading, type ReadableDatabase } from './database.ts';
import { toLabError } from './sqlite-error.ts';

export interface HeadroomQuestion {
  readonly hostname: string;
  readonly basis: Basis;
  /** Null for a real host. */
  readonly profile: string | null;
  /** ISO 8601 UTC; samples from then on. */
  readonly since: string;
  /** At most so many samples: integer >= 1. */
  readonly most: number;
}

export interface HeadroomAnswer {
  /** Oldest first. */
  readonly samples: readonly HeadroomSample[];
  /** How many were recorded in that time. */
  readonly recorded: number;
}

interface SampleRow {
  readonly sid: number;
  readonly at: string;
  readonly hostname: string;
  readonly basis: Basis;
  readonly profile: string | null;
  readonly top_pid: number | null;
  readonly top_name: string | null;
  readonly top_ports: number | null;
  readonly top_protocol: Protocol | null;
  readonly top_family: Family | null;
}

interface PoolRow {
  readonly sid: number;
  readonly protocol: Protocol;
  readonly family: Family;
  readonly total: number | null;
  readonly used: number | null;
  readonly free_on_all: number | null;
  readonly time_wait: number;
}

/**
 * Samples of one host. Where there are more than `most`, time is cut into that many stretches, and of
 * each the tightest moment stays: thinning out must not hide a shortage.
 */
const CHOSEN = `
SELECT sid FROM (
  SELECT sid, row_number() OVER (PARTITION BY stretch ORDER BY share IS NULL, share, sid) AS place
  FROM (
    SELECT
      sid, ntile(:most) OVER (ORDER BY at, sid) AS stretch,
      (SELECT min(free_on_all * 1.0 / max(total, 1)) FROM headroom_pool AS pool
       WHERE pool.sid = sample.sid) AS share
    FROM headroom_sample AS sample
    WHERE at >= :since AND hostname = :hostname AND basis = :basis AND profile IS :profile
  )
) WHERE place = 1`;

/** What `portlab watch` recorded; nothing where there is no database, or one from before there was a watch. */
export function readHeadroom(file: string, question: HeadroomQuestion): HeadroomAnswer {
  const db = openForReading(file);
  if (db === undefined) return { samples: [], recorded: 0 };
  try {
    return hasTable(db) ? answer(db, question) : { samples: [], recorded: 0 };
  } catch (error) {
    throw toLabError(error, file);
  } finally {
    db.close();
  }
}

function hasTable(db: ReadableDatabase): boolean {
  return (
    db
      .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'headroom_pool'")
      .get() !== undefined
  );
}

function answer(db: ReadableDatabase, { most, ...where }: HeadroomQuestion): HeadroomAnswer {
  const counted = db
    .prepare<[typeof where], { n: number }>(
      `SELECT count(*) AS n FROM headroom_sample
       WHERE at >= :since AND hostname = :hostname AND basis = :basis AND profile IS :profile`,
    )
    .get(where);
  const question = { most, ...where };
  const rows = db
    .prepare<[typeof question], SampleRow>(
      `SELECT * FROM headroom_sample WHERE sid IN (${CHOSEN}) ORDER BY at, sid`,
    )
    .all(question);
  const pools = new Map<number, PoolSample[]>(rows.map(({ sid }) => [sid, []]));
  const ofPools = db
    .prepare<[typeof question], PoolRow>(`SELECT * FROM headroom_pool WHERE sid IN (${CHOSEN})`)
    .all(question);
  for (const { sid, protocol, family, total, used, free_on_all, time_wait } of ofPools) {
    pools.get(sid)?.push({
      protocol,
      family,
      total,
      used,
      freeOnAll: free_on_all,
      timeWait: time_wait,
    });
  }
  return {
    samples: rows.map((row) => toSample(row, pools.get(row.sid) ?? [])),
    recorded: counted?.n ?? 0,
  };
}

function toSample(row: SampleRow, pools: readonly PoolSample[]): HeadroomSample {
  const { at, hostname, basis, profile } = row;
  const { top_pid, top_name, top_ports, top_protocol, top_family } = row;
  const known =
    top_pid !== null && top_ports !== null && top_protocol !== null && top_family !== null;
  return {
    at,
    hostname,
    basis,
    profile,
    pools,
    top: known
      ? {
          pid: top_pid,
          name: top_name ?? '',
          ports: top_ports,
          protocol: top_protocol,
          family: top_family,
        }
      : null,
  };
}
