import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { RunFold } from '#engine/analysis/run-fold.ts';
import { isWildcard } from '#engine/model/address.ts';
import { Replay } from '#engine/replay/replay.ts';
import { importRun } from '#data/run-import.ts';
import { RunLibrary } from '#data/run-library.ts';
import { renderReport } from '#main/service/report.ts';
import { temporaryFolder } from './sample-run.ts';

/**
 * Recordings of format version 1, made by the lab that froze it: two of real sockets under Wine, two of the
 * model, and a database. Every later lab must read in them what that lab read.
 */
const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'format-1');

interface Known {
  readonly id: string;
  readonly status: string;
  readonly verdict: string;
  readonly rows: number;
  readonly calls: number;
  readonly addresses: readonly string[];
  readonly peakHeld: number;
  /** Of every column of every row, as text. */
  readonly sha256: string;
}

const known = JSON.parse(readFileSync(join(FOLDER, 'known.json'), 'utf8')) as Readonly<
  Record<string, Known>
>;

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** All that is known of a run, read with the lab as it is now. */
function readAll(library: RunLibrary, run: string): Known {
  const { verdict, run: head } = library.get(run);
  const addresses = library.addresses(run);
  const hash = createHash('sha256');
  const replay = new Replay((id) => isWildcard(addresses[id] ?? ''));
  let peakHeld = 0;
  for (const batch of library.events(run)) {
    replay.append(batch);
    const { t, dur, op, arm, socket, address, port, code, value } = batch;
    for (let row = 0; row < batch.length; row++) {
      const columns = [t, dur, op, arm, socket, address, port, code, value];
      hash.update(`${columns.map((column) => column[row]).join(' ')}\n`);
    }
  }
  for (let seq = 0; seq < replay.rows; seq++) {
    peakHeld = Math.max(peakHeld, replay.seek(seq).holdings.held);
  }
  return {
    id: head.id,
    status: head.status,
    verdict,
    rows: replay.rows,
    calls: replay.rows === 0 ? 0 : replay.seek(replay.rows - 1).calls,
    addresses,
    peakHeld,
    sha256: hash.digest('hex'),
  };
}

describe.each(Object.keys(known).filter((name) => name.endsWith('.labrun')))('%s', (name) => {
  test('is imported, whole, and says what it said', () => {
    const database = join(folder.path, `${name}.db`);
    const { id } = importRun(database, join(FOLDER, name));
    const library = new RunLibrary(database);
    try {
      expect(readAll(library, id)).toEqual(known[name]);
      expect(library.verify(id)).toMatchObject({ ok: true });
    } finally {
      library.close();
    }
  });

  test('can be reported', async () => {
    const database = join(folder.path, `${name}-report.db`);
    const { id } = importRun(database, join(FOLDER, name));
    const library = new RunLibrary(database);
    try {
      const document = library.get(id);
      const fold = new RunFold();
      for (const batch of library.events(id)) fold.add(batch);
      const html = await renderReport(document, fold.series(library.addresses(id)), 'html');
      expect(html).toContain(document.run.id);
    } finally {
      library.close();
    }
  });
});

test('the database of that lab is read as it is', () => {
  const file = join(folder.path, 'lab.labdb');
  copyFileSync(join(FOLDER, 'lab.labdb'), file);
  const library = new RunLibrary(file);
  try {
    const [head] = library.list();
    expect(readAll(library, head?.id ?? '')).toEqual(known['lab.labdb']);
  } finally {
    library.close();
  }
});
