import { timingSafeEqual, createHash } from 'node:crypto';
import { API_VERSION, type Access, type CallArgument } from '#engine/api/contract.ts';
import { serveCalls, type Announce, type Handlers } from '#engine/api/server.ts';
import type { Hello } from '#engine/api/views.ts';
import type { Wire } from '#engine/api/wire.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { RunLibrary } from '#data/run-library.ts';
import { recordingOf } from '../library/recording.ts';
import { EventStream } from './event-stream.ts';
import { FileStream } from './file-stream.ts';
import type { LabApi } from './lab-api.ts';
import { planStartView } from './plan-start.ts';
import { experimentViews, previewOf } from './preview.ts';
import { Streams } from './streams.ts';
import { UNDO_SECONDS } from './trash.ts';
import { Uploads } from './uploads.ts';

/** `window` and `browser` are screens; `shell` is the desktop's main process. */
export type SessionRole = 'window' | 'shell' | 'browser';

/** One screen: what it may do, its streams and uploads, and the answers to its calls. */
export class Session {
  readonly announce: Announce;
  readonly #api: LabApi;
  readonly #role: SessionRole;
  readonly #streams: Streams;
  readonly #uploads = new Uploads();
  #greeted = false;
  #mayWrite = false;
  #closed = false;

  /** @param closed called once, when the wire is */
  constructor(api: LabApi, wire: Wire, role: SessionRole, closed: () => void) {
    this.#api = api;
    this.#role = role;
    const announce = serveCalls(
      wire,
      this.#handlers(),
      (access) => this.#permits(access),
      () => {
        this.#close();
        closed();
      },
    );
    // Nobody is told anything before saying hello.
    this.announce = (name, ...message) => {
      if (this.#greeted) announce(name, ...message);
    };
    this.#streams = new Streams(this.announce);
  }

  #close(): void {
    this.#closed = true;
    this.#streams.closeAll();
    this.#uploads.abortAll();
  }

  #permits(access: Access): LabError | null {
    if (access === 'open') return null;
    if (!this.#greeted) {
      return new LabError(
        'refused',
        'hello comes first',
        'say it with the version of the contract',
      );
    }
    if (access === 'shell' && this.#role !== 'shell') {
      return new LabError('refused', 'only the desktop itself may ask this', 'use its menu');
    }
    if (access !== 'read' && !this.#mayWrite) {
      return new LabError(
        'refused',
        'this page may only look',
        'open the whole address that portlab serve printed, with its token',
      );
    }
    return null;
  }

  #hello({ api, token }: CallArgument<'hello'>): Hello {
    if (api !== API_VERSION) {
      throw new LabError(
        'refused',
        `this page speaks version ${api} of the contract, the service ${API_VERSION}`,
        'reload the page, or use the same version of the lab on both ends',
      );
    }
    const wanted = this.#api.options.token;
    this.#mayWrite = wanted === null || (token !== undefined && sameText(token, wanted));
    this.#greeted = true;
    return this.#api.greeting(!this.#mayWrite);
  }

  #handlers(): Handlers {
    const api = this.#api;
    return {
      hello: (asked) => this.#hello(asked),
      host: ({ fresh }) => api.host.view(fresh),
      holders: ({ protocol, family }) => api.host.holders(protocol, family),
      doctor: ({ profile }) => api.host.doctor(profile),
      watch: async (wanted) => ({
        ...(await api.host.watched(wanted)),
        ...api.watches.state(wanted.profile),
      }),
      startWatch: async ({ everySeconds, profile }) => {
        await api.watches.start(everySeconds, profile);
        return null;
      },
      stopWatch: async ({ profile }) => {
        await api.watches.stop(profile);
        return null;
      },
      experiments: () => ({ experiments: experimentViews() }),
      profiles: () => ({ profiles: api.host.profiles() }),
      claims: async () => ({ claims: await api.library.do('claims', api.trash.ids) }),
      planStart: (wanted) => planStartView(wanted, api),
      preview: ({ wish }) => previewOf(wish, api.host),
      activities: () => ({ activities: api.runs.activities() }),
      runs: async () => ({
        runs: (await api.library.do('summaries')).filter(({ id }) => !api.trash.has(id)),
      }),
      run: ({ run }) => api.library.do('view', run),
      compare: ({ runs }) => api.library.do('compare', runs),
      recording: ({ run }) => this.#recording(run),
      events: ({ run, row }) => this.#chunk(run, row),
      report: ({ run, format }) => api.library.do('report', run, format),
      openEvents: ({ run, from, credits }) => ({
        stream: this.#streams.open(new EventStream(api.options.database, run, from), credits),
      }),
      openExport: ({ run, credits }) => this.#export(run, credits),
      grant: ({ stream, credits }) => {
        this.#streams.grant(stream, credits);
        return null;
      },
      closeStream: ({ stream }) => {
        this.#streams.close(stream);
        return null;
      },
      startRun: async ({ wish }) => ({ run: await api.runs.start(wish) }),
      stopRun: async ({ run }) => {
        const { status } = await api.runs.stop(run);
        return { run, status };
      },
      deleteRuns: ({ runs }) => this.#delete(runs),
      undeleteRuns: ({ runs }) => {
        const restored = runs.filter((run) => api.trash.takeBack(run));
        api.runsChanged();
        return { restored };
      },
      beginImport: ({ name, bytes }) => ({ upload: this.#uploads.begin(name, bytes) }),
      importPart: ({ upload, body }) => {
        this.#uploads.add(upload, body);
        return null;
      },
      endImport: ({ upload }) => this.#uploads.end(upload, (path) => this.#import(path)),
      abortImport: ({ upload }) => {
        this.#uploads.abort(upload);
        return null;
      },
      importFile: ({ path }) => this.#import(path),
    };
  }

  /** Here and not in the library's thread: a replay must not wait until another run is folded. */
  #recording(run: string) {
    const library = new RunLibrary(this.#api.options.database);
    try {
      return recordingOf(library, run);
    } finally {
      library.close();
    }
  }

  #chunk(run: string, row: number) {
    const library = new RunLibrary(this.#api.options.database);
    try {
      const chunk = library.chunk(run, row);
      if (chunk !== undefined) return chunk;
      throw new LabError('usage', `run ${run} has no event ${row}`, 'ask for one that is recorded');
    } finally {
      library.close();
    }
  }

  async #export(run: string, credits: number) {
    const { path, bytes } = await this.#api.exportRun(run);
    const file = new FileStream(path);
    if (this.#closed) {
      file.close();
      throw new LabError('failed', 'the screen is gone', 'ask again');
    }
    return { stream: this.#streams.open(file, credits), fileName: `${run}.labrun`, bytes };
  }

  async #import(path: string) {
    const imported = await this.#api.library.do('import', path);
    // Taken back on purpose, if it had been deleted a moment ago.
    this.#api.trash.takeBack(imported.run);
    this.#api.runsChanged();
    return imported;
  }

  /** Hides runs now, deletes them later. What is unknown or still recorded is refused, and nothing deleted. */
  #delete(runs: readonly string[]) {
    const library = new RunLibrary(this.#api.options.database);
    let found: string[];
    try {
      found = runs.map((run) => {
        const { id, status } = library.get(run).run;
        if (status === 'running') {
          throw new LabError('refused', `run ${id} is still being recorded`, 'stop it first');
        }
        return id;
      });
    } finally {
      library.close();
    }
    for (const run of found) this.#api.trash.put(run);
    this.#api.runsChanged();
    return { deleted: found, untilSeconds: UNDO_SECONDS };
  }
}

/** Compares without telling by its time how much of it was right. */
function sameText(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
