import { UsableNumbers } from '#engine/analysis/usable-numbers.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import { CLAIM_IDS, type ClaimId } from '#engine/claim/claims.ts';
import { isWildcard } from '#engine/model/address.ts';
import { evidenceOf, type EvidenceMoment } from '#engine/replay/evidence.ts';
import type { InstantContext } from '#engine/replay/instant-document.ts';
import { Moments } from '#engine/replay/moments.ts';
import { Replay } from '#engine/replay/replay.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { poolOfRun, type RunPool } from '#engine/run/run-pool.ts';
import type { RunLibrary } from '#data/run-library.ts';

/** A recorded run in memory, to be replayed. Needs neither its host nor a network. */
export interface ReplayedRun extends InstantContext {
  readonly document: RunDocument;
  readonly moments: Moments;
  /** The numbers it draws on; null where its host told no range. */
  readonly pool: RunPool | null;
  /** Its times are measured: real sockets, Wine's too. */
  readonly timed: boolean;
}

/**
 * Reads a run's events into memory: 26 bytes an event, a second or two for ten million.
 * @param id as the library takes it
 * @throws LabError usage for an unknown id, failed for a damaged recording
 */
export function replayedRun(library: RunLibrary, id: string): ReplayedRun {
  const document = library.get(id);
  const { run, arms } = document;
  const texts = library.addresses(run.id);
  const isWild = (address: number): boolean => isWildcard(texts[address] ?? '');
  const replay = new Replay(isWild);
  const moments = new Moments(isWild);
  for (const batch of library.events(run.id)) {
    replay.append(batch);
    moments.add(batch);
  }
  const pool = poolOfRun(document);
  return {
    document,
    texts,
    replay,
    moments,
    pool,
    usable: pool === null ? null : new UsableNumbers(pool.range, pool.excluded),
    addresses: run.addresses,
    arms,
    timed: basisOfRun(run) !== 'modelled',
  };
}

/** Where the claims the run says something of can be seen. */
export function evidenceIn({
  document,
  moments,
  replay,
}: ReplayedRun): readonly (EvidenceMoment & { readonly claim: ClaimId })[] {
  const said = new Set(document.claims.map(({ id }) => id));
  return CLAIM_IDS.filter((claim) => said.has(claim)).flatMap((claim) => {
    const shown = evidenceOf(claim, document.arms, moments, replay);
    return shown === null ? [] : [{ claim, ...shown }];
  });
}
