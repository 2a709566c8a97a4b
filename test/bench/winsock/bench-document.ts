import type { HostReading } from '#native/host/read-host-facts.ts';
import type { RunDocument } from '#engine/run/run-document.ts';

/** A run as it stands before its first event, good enough to record under. */
export function benchDocument(host: HostReading, addresses: readonly string[]): RunDocument {
  return {
    run: {
      id: 'bench-winsock',
      experiment: 'bench',
      title: null,
      tags: [],
      stack: 'winsock',
      ffi: 'koffi',
      host: { ...host, stack: 'winsock', why: 'benchmark' },
      profile: null,
      seed: 0,
      startedAt: new Date().toISOString(),
      durationNs: 0,
      status: 'running',
      eventCount: 0,
      version: 1,
      labVersion: '0.0.0',
      addresses: [...addresses],
    },
    parameters: {},
    measures: {},
    arms: [],
    claims: [],
    findings: [],
    verdict: '',
    safety: {
      exhaustive: false,
      reserve: null,
      maxSockets: 10_000,
      maxSeconds: 60,
      peakHeld: 0,
      openAfter: 0,
    },
    command: '',
  };
}
