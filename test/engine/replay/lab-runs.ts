import { isWildcard } from '#engine/model/address.ts';
import { Moments } from '#engine/replay/moments.ts';
import { Replay } from '#engine/replay/replay.ts';
import type { EventBatch } from '#engine/event/event-batch.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { LabService } from '#main/service/lab-service.ts';
import type { RunRequest } from '#main/service/run-request.ts';
import { withLibrary } from '#main/service/storage.ts';
import { runRequest } from '#test/main/requests.ts';
import type { KeptEvent } from './kept-events.ts';

/** A run the lab made and recorded, read back. */
export interface LabRun {
  readonly document: RunDocument;
  readonly texts: readonly string[];
  readonly batches: readonly EventBatch[];
  /** The same rows, one by one. */
  readonly rows: readonly KeptEvent[];
  readonly replay: Replay;
  readonly moments: Moments;
}

const RANGE = { start: 50_000, count: 300 } as const;

/** A small modelled host. */
export const SMALL_HOST = {
  addresses: ['10.0.0.1', '10.0.0.2', '10.0.0.3'].map((address) => ({ address, adapter: 'a' })),
  dynamicRanges: { tcp4: RANGE, tcp6: RANGE, udp4: RANGE, udp6: RANGE },
};

/** Runs an experiment as the console would, on a small modelled host unless asked otherwise. */
export async function runInLab(database: string, asked: Partial<RunRequest>): Promise<LabRun> {
  const service = new LabService(database);
  const request = runRequest({
    stack: 'simulated',
    profile: { file: 'small.json', content: SMALL_HOST },
    exhaustive: true,
    ...asked,
  });
  const hooks = { stop: { reason: null }, progress: (): void => {} };
  const { run } = await service.run(await service.prepare(request), hooks);
  return readRun(database, run.id);
}

/** A recorded run of a library, whole. */
export function readRun(database: string, id: string): LabRun {
  return withLibrary(database, (library) => {
    const texts = library.addresses(id);
    const isWild = (address: number): boolean => isWildcard(texts[address] ?? '');
    const replay = new Replay(isWild);
    const moments = new Moments(isWild);
    const batches = [...library.events(id)];
    for (const batch of batches) {
      replay.append(batch);
      moments.add(batch);
    }
    const rows = batches.flatMap(rowsOf);
    return { document: library.get(id), texts, batches, rows, replay, moments };
  });
}

export function rowsOf(batch: EventBatch): KeptEvent[] {
  return Array.from({ length: batch.length }, (_, at) => ({
    op: batch.op[at]!,
    t: batch.t[at]!,
    dur: batch.dur[at]!,
    socket: batch.socket[at]!,
    address: batch.address[at]!,
    port: batch.port[at]!,
    code: batch.code[at]!,
    value: batch.value[at]!,
    arm: batch.arm[at]!,
  }));
}
