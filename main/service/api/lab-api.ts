import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Hello } from '#engine/api/views.ts';
import type { Announce } from '#engine/api/server.ts';
import type { Wire } from '#engine/api/wire.ts';
import { LabService } from '../lab-service.ts';
import { LibraryThread } from '../library/library-thread.ts';
import { LAB_VERSION } from '../version.ts';
import { HostDesk } from './host-desk.ts';
import { RunDesk } from './run-desk.ts';
import { Session, type SessionRole } from './session.ts';
import { Trash } from './trash.ts';
import { WatchDesk } from './watch-desk.ts';

export interface LabApiOptions {
  /** File of recorded runs; made by the first run. */
  readonly database: string;
  readonly mode: Hello['mode'];
  /** What a browser must show to change anything; null where the wire itself is trusted. */
  readonly token: string | null;
}

/**
 * The lab service behind the contract: one lab, any number of screens. What screens share is here;
 * what belongs to one of them is in its Session.
 */
export class LabApi {
  readonly options: LabApiOptions;
  readonly library: LibraryThread;
  readonly host: HostDesk;
  readonly runs: RunDesk;
  readonly watches: WatchDesk;
  readonly trash: Trash;
  readonly #sessions = new Set<Session>();

  constructor(options: LabApiOptions) {
    this.options = options;
    const lab = new LabService(options.database);
    this.library = new LibraryThread(options.database);
    this.trash = new Trash((run) => this.library.do('delete', run));
    this.host = new HostDesk(lab, () => this.runs.measuring);
    this.watches = new WatchDesk(lab, () => this.runs.measuring);
    this.runs = new RunDesk(lab, options.database, {
      activity: (activities) => this.#toAll('activity', { activities }),
      ended: (end) => {
        // It may have said whether an option is honoured here.
        this.host.forget();
        this.#toAll('ended', end);
        this.runsChanged();
      },
    });
  }

  /** Serves a screen until its wire closes. */
  accept(wire: Wire, role: SessionRole): void {
    const session = new Session(this, wire, role, () => this.#sessions.delete(session));
    this.#sessions.add(session);
  }

  greeting(readOnly: boolean): Hello {
    return {
      labVersion: LAB_VERSION,
      mode: this.options.mode,
      readOnly,
      database: this.options.database,
      host: { name: hostname(), platform: process.platform },
    };
  }

  runsChanged(): void {
    this.#toAll('runsChanged', {});
  }

  /**
   * Writes a run into a file in a folder of its own, which is the caller's to remove.
   */
  async exportRun(run: string): Promise<{ path: string; bytes: number }> {
    const path = join(mkdtempSync(join(tmpdir(), 'portlab-export-')), 'run.labrun');
    try {
      return { path, bytes: await this.library.do('export', run, path) };
    } catch (error) {
      rmSync(dirname(path), { recursive: true, force: true });
      throw error;
    }
  }

  /** Stops what goes on, waits for its release, and carries out what was deleted. */
  async close(): Promise<void> {
    await this.runs.close();
    await this.watches.close();
    await this.trash.close();
    await this.library.close();
  }

  readonly #toAll: Announce = (name, ...message) => {
    for (const session of this.#sessions) session.announce(name, ...message);
  };
}
