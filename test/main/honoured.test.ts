import { expect, test } from 'vitest';
import type { ClaimResult } from '#engine/run/run-document.ts';
import { honouredBy } from '#main/service/honoured.ts';
import { sampleDocument } from '../data/sample-run.ts';
import { sampleHost } from './host-sample.ts';

const HOST = { ...sampleHost(), platform: 'win32' as const, wine: null };

function honoured(...said: Pick<ClaimResult, 'outcome' | 'addressClass'>[]): string {
  const document = sampleDocument('run-1', 'complete');
  const run = { ...document.run, stack: 'winsock' as const, host: HOST };
  const claims = said.map((one) => ({
    ...one,
    id: 'PS-2',
    basis: 'measured' as const,
    because: 'a test',
  }));
  const runs = { list: () => [run], get: () => ({ ...document, run, claims }) };
  return honouredBy(HOST, runs).SO_PORT_SCALABILITY.honoured;
}

test('a host that shares numbers between adapters honours the option, whatever it does on one', () => {
  const onOne = { outcome: 'refuted', addressClass: 'same-nic' } as const;
  const onTwo = { outcome: 'confirmed', addressClass: 'different-nics' } as const;
  expect(honoured(onOne, onTwo)).toBe('yes');
  expect(honoured(onTwo, onOne)).toBe('yes');
  expect(honoured(onOne)).toBe('no');
  expect(honoured({ outcome: 'inconclusive', addressClass: 'same-nic' })).toBe('unknown');
});
