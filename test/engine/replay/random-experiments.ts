import { Random } from '#engine/allocator/random.ts';
import { EXPERIMENTS } from '#engine/experiment/catalogue.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import type { Recorder } from '#data/recorder.ts';
import { executeRun } from '#main/service/execute-run.ts';
import { prepareRun } from '#main/service/prepare.ts';
import { sampleHost } from '#test/main/host-sample.ts';
import { runRequest } from '#test/main/requests.ts';
import { oddHost } from '../experiment/odd-hosts.ts';

/** Those that ask questions; `full` is all of them one after the other. */
const IDS = EXPERIMENTS.map(({ id }) => id).filter((id) => id !== 'full' && id !== 'verify-plan');

const BOTH_ADAPTERS = ['10.0.0.1', '10.0.0.2', '10.0.0.3'].map((address, n) => ({
  address,
  adapter: n === 1 ? 'b' : 'a',
}));

/** A real experiment on a random modelled host, into a recorder: as the service runs it. */
export async function makeRandomExperiment(
  recorder: Recorder,
  initial: RunDocument,
  seed: number,
): Promise<void> {
  const random = new Random(seed, 13);
  const experiment = IDS[seed % IDS.length]!;
  const { profile } = oddHost(seed);
  const prepared = await prepareRun(
    runRequest({
      experiment,
      stack: 'simulated',
      seed,
      exhaustive: random.below(3) > 0,
      // Others hold up to a third of an odd host's range.
      reserve: { kind: 'percent', percent: 40 },
      profile: { file: 'odd.json', content: { ...profile, addresses: BOTH_ADAPTERS } },
    }),
    { host: sampleHost({ stack: 'simulated' }), ffi: null, unavailable: 'not here' },
  );
  const { failure } = await executeRun(
    prepared,
    { recorder, initial, broken: { reason: null } },
    { stop: { reason: null }, progress: () => {} },
  );
  if (failure !== null) throw failure;
}
