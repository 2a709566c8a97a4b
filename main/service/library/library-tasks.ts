import { statSync } from 'node:fs';
import type { Imported } from '#engine/api/contract.ts';
import type {
  CompareView,
  PlanStartView,
  ReportFile,
  RunSummary,
  RunView,
  SwitchAnswer,
} from '#engine/api/views.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import type { ClaimRow } from '#engine/claim/claims-by-host.ts';
import { CLAIM_TEXTS } from '#engine/claim/claims.ts';
import { compareRuns } from '#engine/compare/compare-runs.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { planHostOfRun } from '#engine/planner/plan-host-of-run.ts';
import { LabService } from '../lab-service.ts';
import { REPORT_MIME, type ReportFormat } from '../report.ts';
import { seriesOf } from '../run-series.ts';
import { withLibrary } from '../storage.ts';
import { recordingOf } from './recording.ts';
import { switchAnswers, type HostState } from '../switch-answers.ts';

/**
 * What is asked of the recorded runs and may take its time: folding a run's events, packing it,
 * drawing its charts. Each is done in one go, so it belongs into a thread of its own.
 */
export class LibraryTasks {
  readonly #database: string;
  readonly #lab: LabService;

  constructor(database: string) {
    this.#database = database;
    this.#lab = new LabService(database);
  }

  summaries(): RunSummary[] {
    return withLibrary(this.#database, (library) =>
      library.list().map(({ id }): RunSummary => {
        const { run, verdict, claims } = library.get(id);
        return {
          id: run.id,
          experiment: run.experiment,
          title: run.title,
          tags: run.tags,
          basis: basisOfRun(run),
          stack: run.stack,
          hostname: run.host.hostname,
          osName: run.host.os.name,
          profile: run.profile?.name ?? null,
          startedAt: run.startedAt,
          durationNs: run.durationNs,
          status: run.status,
          eventCount: run.eventCount,
          addresses: run.addresses.length,
          verdict,
          claims: claims.map(({ id: claim, outcome }) => ({ id: claim, outcome })),
        };
      }),
    );
  }

  view(run: string): RunView {
    return withLibrary(this.#database, (library) => {
      const recording = recordingOf(library, run);
      return { ...recording, series: seriesOf(library, recording.document.run.id) };
    });
  }

  /** @throws LabError usage for runs that can't be compared, or that there are not */
  compare(ids: readonly string[]): CompareView {
    return withLibrary(this.#database, (library) => {
      const documents = ids.map((id) => library.get(id));
      // Refused before the events of all are read.
      const compared = compareRuns(documents);
      const runs = documents.map((document) => ({
        document,
        series: seriesOf(library, document.run.id),
      }));
      return { document: compared, runs, claimTexts: CLAIM_TEXTS };
    });
  }

  /** @param without runs that are about to be deleted */
  claims(without: readonly string[]): ClaimRow[] {
    return this.#lab.claims([], without);
  }

  /** @param without as in `claims` */
  switchAnswers(host: HostState, without: readonly string[]): SwitchAnswer[] {
    return withLibrary(this.#database, (library) => switchAnswers(library, host, without));
  }

  /** The host of a recorded run, to plan for. @throws LabError usage for an unknown one */
  planStart(run: string, without: readonly string[]): PlanStartView {
    return withLibrary(this.#database, (library) => {
      const document = library.get(run);
      const { host, startedAt, profile } = document.run;
      const answers = profile === null ? switchAnswers(library, host, without) : [];
      return { ...planHostOfRun(document), at: startedAt, answers };
    });
  }

  async report(run: string, format: ReportFormat): Promise<ReportFile> {
    const { id } = this.#lab.show(run).run;
    const text = await this.#lab.report(id, format);
    return {
      fileName: `${id}.${format}`,
      mime: REPORT_MIME[format],
      body: new TextEncoder().encode(text),
    };
  }

  /** Writes a `.labrun`. @returns its size in bytes */
  export(run: string, file: string): number {
    this.#lab.export(run, file);
    return statSync(file).size;
  }

  /** @throws LabError usage for a file that can't be taken in */
  import(file: string): Imported {
    const { imported, known, refused } = this.#lab.import([file]);
    const [refusal] = refused;
    if (refusal !== undefined) {
      throw new LabError('usage', refusal.message, 'nothing was imported');
    }
    return { run: imported[0] ?? known[0] ?? '', known: known.length > 0 };
  }

  delete(run: string): string {
    return this.#lab.delete(run);
  }
}
