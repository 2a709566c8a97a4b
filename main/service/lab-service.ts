import { claimsByHost, type ClaimRow } from '#engine/claim/claims-by-host.ts';
import type { CompareDocument } from '#engine/compare/compare-document.ts';
import { compareRuns } from '#engine/compare/compare-runs.ts';
import { diagnose } from '#engine/doctor/diagnose.ts';
import type { DoctorDocument } from '#engine/doctor/doctor-document.ts';
import type { HostFacts } from '#engine/model/host-facts.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { PlanStart } from '#engine/planner/plan-host.ts';
import type { LearnedProfile } from '#engine/profile/learn-profile.ts';
import type { Arm, RunDocument, RunHead } from '#engine/run/run-document.ts';
import { readHeadroom, type HeadroomAnswer, type HeadroomQuestion } from '#data/headroom-reader.ts';
import { exportRun } from '#data/run-bundle.ts';
import { importRun } from '#data/run-import.ts';
import type { Verification } from '#data/run-verification.ts';
import { openLooker, type Looker } from './doctor/looker.ts';
import {
  watchHeadroom,
  type WatchHooks,
  type WatchWish,
  type Watched,
} from './doctor/watch-headroom.ts';
import { executeRun, type Execution, type RunHooks } from './execute-run.ts';
import { honouredBy } from './honoured.ts';
import { finalDocument, initialDocument } from './judge-run.ts';
import { learnFrom } from './learn.ts';
import { besideOthers } from './others.ts';
import { planStartOf, type PlanStartWish } from './plan-start.ts';
import { prepareRun, type PreparedRun } from './prepare.ts';
import { readHost, type HostReading, type HostWish } from './read-host.ts';
import { recordRun } from './record-run.ts';
import { replayedRun, type ReplayedRun } from './replayed-run.ts';
import { renderReport, type ReportFormat } from './report.ts';
import type { ProfileWish, RunRequest } from './run-request.ts';
import { measuresOf, seriesOf } from './run-series.ts';
import { executeScript } from './script/execute-script.ts';
import { finalScriptDocument, initialScriptDocument } from './script/judge-script.ts';
import { prepareScript, type PreparedScript } from './script/prepare-script.ts';
import type { ScriptRequest } from './script/script-request.ts';
import type { ScriptRun } from './script/script-document.ts';
import { makeFolder, withLibrary } from './storage.ts';

export interface Imports {
  readonly imported: string[];
  readonly known: string[];
  readonly refused: { readonly file: string; readonly message: string }[];
}

/**
 * The lab service: the one place experiments, sockets, recordings and reports come together. The
 * console runs it in its own process.
 */
export class LabService {
  readonly #database: string;

  /** @param database file of recorded runs; made by the first run */
  constructor(database: string) {
    this.#database = database;
  }

  async host(wish: HostWish): Promise<HostReading> {
    return readHost(wish, (facts) => this.#honoured(facts));
  }

  /** Decides a run in every detail; takes nothing. @throws LabError usage or refused */
  async prepare(request: RunRequest): Promise<PreparedRun> {
    const { stack, ffi } = request;
    return prepareRun(request, await this.host({ quick: false, stack, ffi }));
  }

  /**
   * Runs, records and judges. Everything is released whatever happens, and what was recorded is kept.
   * @throws LabError where it must not start, or when it failed
   */
  async run(prepared: PreparedRun, hooks: RunHooks): Promise<RunDocument> {
    const { document } = await recordRun(this.#database, prepared, {
      initial: (made) => initialDocument(prepared, made),
      async execute(recording) {
        const run = (): Promise<Execution> => executeRun(prepared, recording, hooks);
        const { done, others } = await besideOthers(prepared, run);
        return { ...done, findings: [...done.findings, ...others.findings], others };
      },
      final: (initial, { others, ...execution }) =>
        finalDocument(
          initial,
          prepared,
          execution,
          execution.failure === null ? (hooks.stop.reason ?? 'complete') : 'failed',
          {
            ...others.measures,
            ...this.#measured(prepared, execution.outcome?.arms ?? [], initial.run.id),
          },
        ),
    });
    return document;
  }

  /** Decides a script's run in every detail; takes nothing. @throws LabError usage or refused */
  async prepareScript(request: ScriptRequest): Promise<PreparedScript> {
    const { stack, ffi } = request;
    return prepareScript(request, await this.host({ quick: false, stack, ffi }));
  }

  /** Runs and records a script, as `run` does an experiment. @throws LabError as `run` */
  async runScript(prepared: PreparedScript, hooks: RunHooks): Promise<ScriptRun> {
    const { document, execution } = await recordRun(this.#database, prepared, {
      initial: (made) => initialScriptDocument(prepared, made),
      execute: (recording) => executeScript(prepared, recording, hooks),
      final: (initial, execution) => finalScriptDocument(initial, prepared, execution),
    });
    return { document, steps: execution.result?.steps ?? [] };
  }

  /**
   * What ails the ports of this host, or of one a profile describes. Reads only.
   * @throws LabError refused where this is not Windows and no profile is given
   */
  async doctor(profile: ProfileWish | undefined): Promise<DoctorDocument> {
    return diagnose(await this.#looker(profile).look(0, true));
  }

  /** Records headroom over time. @throws LabError as `doctor`, and usage when the database can't be used */
  async watch(
    profile: ProfileWish | undefined,
    wish: WatchWish,
    hooks: WatchHooks,
  ): Promise<Watched> {
    return watchHeadroom(this.#looker(profile), this.#database, wish, hooks);
  }

  /** What was recorded of headroom. */
  headroom(question: HeadroomQuestion): HeadroomAnswer {
    return readHeadroom(this.#database, question);
  }

  #looker(profile: ProfileWish | undefined): Looker {
    return openLooker(profile, (wish) => this.host(wish));
  }

  list(): RunHead[] {
    return withLibrary(this.#database, (library) => library.list());
  }

  /** @param id a run's id, the unique beginning of one, or `last`. @throws LabError usage */
  show(id: string): RunDocument {
    return withLibrary(this.#database, (library) => library.get(id));
  }

  /**
   * The documented claims, and how each came out per host.
   * @param ids of the runs to ask, as in `show`; all ended ones where there are none
   * @param without runs to leave out then
   */
  claims(ids: readonly string[], without: readonly string[] = []): ClaimRow[] {
    return withLibrary(this.#database, (library) => {
      const documents =
        ids.length > 0
          ? ids.map((id) => library.get(id))
          : library
              .list()
              .filter(({ id, status }) => status !== 'running' && !without.includes(id))
              .map(({ id }) => library.get(id));
      const newest = documents.toSorted((a, b) => b.run.startedAt.localeCompare(a.run.startedAt));
      return claimsByHost(newest);
    });
  }

  /**
   * Recorded runs side by side, in the order named.
   * @param ids as in `show`. @throws LabError usage for fewer than two, more than eight, or one twice
   */
  compare(ids: readonly string[]): { comparison: CompareDocument; runs: RunDocument[] } {
    return withLibrary(this.#database, (library) => {
      const runs = ids.map((id) => library.get(id));
      return { comparison: compareRuns(runs), runs };
    });
  }

  /**
   * The host a plan is for: a profile's, a recorded run's, or this one as it is now. Reads only.
   * @throws LabError refused where this is not Windows and no profile is given; usage for an unknown run
   */
  async planStart(wish: PlanStartWish): Promise<PlanStart> {
    return planStartOf(wish, {
      host: () => this.host({ quick: false, stack: 'auto', ffi: 'koffi' }),
      run: (id) => this.show(id),
    });
  }

  /** A recorded run in memory, for any instant of it. @param id as in `show`. @throws LabError */
  replay(id: string): ReplayedRun {
    return withLibrary(this.#database, (library) => replayedRun(library, id));
  }

  /**
   * A profile made of what recorded runs of one host found.
   * @param ids as in `show`. @throws LabError usage where they do not go together
   */
  learn(ids: readonly string[]): LearnedProfile {
    return withLibrary(this.#database, (library) => learnFrom(library, ids));
  }

  /** @returns the id of the deleted run */
  delete(id: string): string {
    return withLibrary(this.#database, (library) => library.delete(id));
  }

  /** Whether one run, or every run, is recorded whole. */
  verify(id: string | undefined): Verification[] {
    return withLibrary(this.#database, (library) =>
      (id === undefined ? library.list().map((run) => run.id) : [id]).map((one) =>
        library.verify(one),
      ),
    );
  }

  /** Writes a run as a `.labrun`. @returns its id */
  export(id: string, file: string): string {
    return withLibrary(this.#database, (library) => {
      const exact = library.get(id).run.id;
      exportRun(library, exact, file);
      return exact;
    });
  }

  /** Takes `.labrun` files in, each by itself: one that is refused keeps no other out. */
  import(files: readonly string[]): Imports {
    const imports: Imports = { imported: [], known: [], refused: [] };
    makeFolder(this.#database);
    for (const file of files) {
      try {
        const { id, known } = importRun(this.#database, file);
        (known ? imports.known : imports.imported).push(id);
      } catch (error) {
        if (!(error instanceof LabError)) throw error;
        imports.refused.push({ file, message: error.message });
      }
    }
    return imports;
  }

  async report(id: string, format: ReportFormat): Promise<string> {
    const { document, series } = withLibrary(this.#database, (library) => {
      const found = library.get(id);
      return { document: found, series: seriesOf(library, found.run.id) };
    });
    return renderReport(document, series, format);
  }

  /** What the recorded calls of real sockets say of speed; a model has none. */
  #measured({ basis }: PreparedRun, arms: readonly Arm[], id: string): Record<string, number> {
    if (basis === 'modelled') return {};
    const series = withLibrary(this.#database, (library) => seriesOf(library, id));
    return measuresOf(series, arms);
  }

  #honoured(facts: HostFacts): HostFacts['options'] {
    try {
      return withLibrary(this.#database, (library) => honouredBy(facts, library));
    } catch (error) {
      // A host can be read without its history; a run will say what is wrong with the database.
      if (error instanceof LabError) return facts.options;
      throw error;
    }
  }
}
