import type { RunSummary } from '#engine/api/views.ts';

/** A summary that says nothing in particular, but for what is given. */
export function summary(given: Partial<RunSummary> = {}): RunSummary {
  return {
    id: '20260101-000000-aaaa',
    experiment: 'capacity',
    title: null,
    tags: [],
    basis: 'modelled',
    stack: 'simulated',
    hostname: 'alpha',
    osName: 'Windows Server 2022',
    profile: null,
    startedAt: '2026-01-01T00:00:00.000Z',
    durationNs: 1,
    status: 'complete',
    eventCount: 1,
    addresses: 2,
    verdict: 'not settled.',
    claims: [],
    ...given,
  };
}
