import type { HeadroomSample } from '#engine/doctor/headroom-sample.ts';
import { openForWriting, type WritableDatabase } from './database.ts';
import { toLabError } from './sqlite-error.ts';

/** Where `portlab watch` writes its samples: each is durable when `add` returns. */
export class HeadroomLog {
  readonly #file: string;
  readonly #db: WritableDatabase;
  readonly #insert: (sample: HeadroomSample) => void;

  /** Makes the database where it is missing. @throws LabError 'usage' when it can't be written */
  constructor(file: string) {
    this.#file = file;
    const db = openForWriting(file);
    this.#db = db;
    const sample = db.prepare(
      `INSERT INTO headroom_sample
       (at, hostname, basis, profile, top_pid, top_name, top_ports, top_protocol, top_family)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const pool = db.prepare('INSERT INTO headroom_pool VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.#insert = db.transaction(
      ({ at, hostname, basis, profile, top, pools }: HeadroomSample) => {
        const { lastInsertRowid } = sample.run(
          at,
          hostname,
          basis,
          profile,
          top?.pid ?? null,
          top?.name ?? null,
          top?.ports ?? null,
          top?.protocol ?? null,
          top?.family ?? null,
        );
        for (const { protocol, family, total, used, freeOnAll, timeWait } of pools) {
          pool.run(lastInsertRowid, protocol, family, total, used, freeOnAll, timeWait);
        }
      },
    );
  }

  /** @throws LabError failed where the disk is full or the database is locked */
  add(sample: HeadroomSample): void {
    try {
      this.#insert(sample);
    } catch (error) {
      throw toLabError(error, this.#file);
    }
  }

  close(): void {
    this.#db.close();
  }
}
