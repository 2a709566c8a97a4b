import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunDocument } from '#engine/run/run-document.ts';
import { LabService } from '#main/service/lab-service.ts';
import type { RunRequest } from '#main/service/run-request.ts';
import { seenSpans } from '#main/service/seen-spans.ts';
import { withLibrary } from '#main/service/storage.ts';
import { scratch } from './portlab.ts';
import { runRequest } from './requests.ts';

const files = scratch();
afterAll(() => files.remove());

const PROFILE = {
  file: 'odd.json',
  content: {
    addresses: ['10.0.0.1', '10.0.0.2'].map((address) => ({ address, adapter: address })),
    dynamicRanges: {
      tcp4: { start: 50_000, count: 300 },
      udp4: { start: 51_000, count: 260 },
    },
    excludedRanges: [{ protocol: 'tcp', start: 50_010, count: 10 }],
    assumptions: { A2: 'allowed', A16: 'accepted' },
  },
};

function request(experiment: string, more: Partial<RunRequest> = {}): RunRequest {
  return runRequest({
    experiment,
    stack: 'simulated',
    profile: PROFILE,
    exhaustive: true,
    ...more,
  });
}

const database = files.path('runs.db');
const service = new LabService(database);
const hooks = { stop: { reason: null }, progress: (): void => {} };
let full: RunDocument;
let capacity: RunDocument;
let other: RunDocument;
beforeAll(async () => {
  full = await service.run(await service.prepare(request('full')), hooks);
  capacity = await service.run(await service.prepare(request('capacity')), hooks);
  const documented = request('sweep', {
    profile: 'documented',
    addresses: ['10.0.0.1', '10.0.0.2'],
  });
  other = await service.run(await service.prepare(documented), hooks);
}, 60_000);

test('a full run is recorded with its experiments, and none of them failed', () => {
  const { experiments, claims, run, safety } = service.show(full.run.id);
  expect(run.status).toBe('complete');
  const others = experiments?.filter(({ status }) => status !== 'complete');
  // The host has no two addresses on one adapter.
  expect(others?.map(({ id, status }) => [id, status])).toEqual([['same-adapter', 'refused']]);
  expect(experiments?.map(({ id }) => id)).toContain('starvation');
  expect(claims.find(({ id }) => id === 'PS-5')?.outcome).toBe('confirmed');
  expect(safety.openAfter).toBe(0);
  // It tried what happens when numbers run out, so it doesn't say that it did not.
  expect(full.findings.map(({ id }) => id)).not.toContain('starves-option-less');
});

test('a profile learned from it has its odd switches, ranges and exclusions, and no more', () => {
  const { file, from } = service.learn([full.run.id, capacity.run.id]);
  expect(from).toMatchObject({ basis: 'modelled', host: 'profile odd.json' });
  expect(file.assumptions).toMatchObject({ A2: 'allowed', A16: 'accepted', 'PS-1': 'one-range' });
  expect(file.dynamicRanges).toMatchObject(PROFILE.content.dynamicRanges);
  expect(file.excludedRanges?.filter(({ family }) => family === 'ipv4')).toEqual([
    { protocol: 'tcp', family: 'ipv4', start: 50_010, count: 10, administered: false },
  ]);
});

test('runs of different hosts are not mixed', () => {
  expect(() => service.learn([full.run.id, other.run.id])).toThrow(/different kinds/);
});

test('what a full pool gave is read off the recording, for each pool by itself', () => {
  const spans = withLibrary(database, (library) => seenSpans(library, service.show(full.run.id)));
  expect(spans).toEqual({
    // 290 of 300: ten are excluded.
    tcp4: { range: { start: 50_000, count: 300 }, met: 290 },
    udp4: { range: { start: 51_000, count: 260 }, met: 260 },
  });
  const none = withLibrary(database, (library) => seenSpans(library, service.show(other.run.id)));
  expect(none).toEqual({});
});
