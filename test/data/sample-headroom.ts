import type { HeadroomSample } from '#engine/doctor/headroom-sample.ts';

/** A look at a made-up modelled host. @param free numbers free on all addresses, of 1,000 */
export function sampleHeadroom(
  at = '2026-01-02T03:04:05.000Z',
  free = 900,
  more: Partial<HeadroomSample> = {},
): HeadroomSample {
  const one = { protocol: 'tcp', family: 'ipv4', total: 1_000, timeWait: 7 } as const;
  return {
    at,
    hostname: 'documented',
    basis: 'modelled',
    profile: 'documented',
    pools: [
      { ...one, used: 1_000 - free, freeOnAll: free },
      { ...one, family: 'ipv6', total: null, used: null, freeOnAll: null },
    ],
    top: { pid: 4_312, name: 'w3wp.exe', ports: 90, protocol: 'tcp', family: 'ipv4' },
    ...more,
  };
}
