import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRecorder } from '#data/recorder.ts';
import { RunLibrary } from '#data/run-library.ts';
import type { HostFacts } from '#engine/model/host-facts.ts';
import { namedProfile } from '#engine/profile/resolve-profile.ts';
import { type RunDocument, runDocumentSchema } from '#engine/run/run-document.ts';
import { createSimulatedStack } from '#engine/stack/simulated-stack.ts';
import { modelTrack } from '#main/service/model-track.ts';
import { sampleDocument, temporaryFolder } from '../data/sample-run.ts';
import { sampleHost } from './host-sample.ts';

const A = '10.0.0.1';
const B = '10.0.0.2';
const RANGE = { start: 50_000, count: 64 };
const RANGES = { tcp4: RANGE, tcp6: RANGE, udp4: RANGE, udp6: RANGE };

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'lab.db');
});
afterEach(() => folder.remove());

/** A run as a real host would leave it: its calls made by a modelled host of this profile. */
async function record(profile: string, host: HostFacts): Promise<RunDocument> {
  const sample = sampleDocument('a', 'complete');
  const run = { ...sample.run, host, stack: 'winsock', profile: null } as const;
  const document: RunDocument = { ...sample, run };
  const recorder = await createRecorder({ file, document });
  const stack = createSimulatedStack({
    sink: recorder.sink,
    profile: { ...namedProfile(profile), dynamicRanges: RANGES },
    addresses: [A, B],
    seed: 1,
  });
  for (const options of [[], ['SO_PORT_SCALABILITY']] as const) {
    for (const address of [A, B]) {
      for (let code = 0; code === 0;) {
        const socket = stack.socket('tcp', 'ipv4');
        for (const option of options) stack.setsockopt(socket, option, 1);
        for (const option of options) stack.getsockopt(socket, option);
        code = stack.bind(socket, stack.intern(address), 0);
        if (code === 0) stack.getsockname(socket);
      }
    }
    stack.closeAll();
  }
  recorder.useAddresses(stack.addresses);
  return recorder.seal(document);
}

it('a host that does as documented differs in nothing, by every call it made', async () => {
  const document = await record('documented', sampleHost({ dynamicRanges: RANGES }));
  const model = await modelTrack(file, 'a', document);
  expect(model).toMatchObject({ profile: 'documented', differs: null, notes: [], listed: [] });
  expect(model?.compared).toBe(document.run.eventCount);
});

it('a host as Wine differs in what is known of Wine, and not from its own profile', async () => {
  const ranges = { tcp4: null, tcp6: null, udp4: null, udp6: null };
  const document = await record('wine-8', sampleHost({ dynamicRanges: ranges, wine: '8.0' }));
  const model = await modelTrack(file, 'a', document);
  expect(model?.divergences.map(({ kind }) => kind).toSorted()).toEqual([
    'exhaustion-code',
    'option-unreadable',
    'per-address-without-option',
  ]);
  expect(model?.notes).toEqual([
    expect.stringMatching(/^The host did not tell its dynamic port range: .*tcp4 50000 to 50063/),
  ]);
  const own = await modelTrack(file, 'a', document, namedProfile('wine-8'));
  expect(own).toMatchObject({ profile: 'wine-8', differs: null });
});

it('is kept with the run', async () => {
  const document = await record('wine-8', sampleHost({ dynamicRanges: RANGES }));
  const model = await modelTrack(file, 'a', document);
  const recorder = await createRecorder({
    file,
    document: { ...document, run: { ...document.run, id: 'b' } },
  });
  await recorder.seal({ ...document, run: { ...document.run, id: 'b' }, model });
  const library = new RunLibrary(file);
  try {
    expect(runDocumentSchema.parse(library.get('b')).model).toEqual(model);
  } finally {
    library.close();
  }
});

it('there is none of a simulated run', async () => {
  const document = await record('documented', sampleHost());
  const simulated = { run: { ...document.run, stack: 'simulated' as const } };
  expect(await modelTrack(file, 'a', simulated)).toBeUndefined();
});
