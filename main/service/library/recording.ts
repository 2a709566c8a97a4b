import type { RecordingView } from '#engine/api/views.ts';
import { CLAIM_TEXTS } from '#engine/claim/claims.ts';
import type { RunLibrary } from '#data/run-library.ts';

/** What a run's events have to be read with. No event is read for it. @throws LabError usage */
export function recordingOf(library: RunLibrary, run: string): RecordingView {
  const document = library.get(run);
  const { id } = document.run;
  return {
    document,
    claimTexts: CLAIM_TEXTS,
    rows: library.progress(id).rows,
    addresses: library.addresses(id),
  };
}
