import { describe, expect, test } from 'vitest';
import type { HostFacts } from '#engine/model/host-facts.ts';
import { assertMayStart, prepareRun, type PreparedRun } from '#main/service/prepare.ts';
import type { RunRequest } from '#main/service/run-request.ts';
import { sampleHost } from './host-sample.ts';
import { runRequest } from './requests.ts';

const UNKNOWN = { tcp4: null, tcp6: null, udp4: null, udp6: null };

function prepare(
  request: Partial<RunRequest>,
  host: Partial<HostFacts> = {},
): Promise<PreparedRun> {
  return prepareRun(runRequest(request), {
    host: sampleHost(host),
    ffi: null,
    unavailable: 'not here',
  });
}

describe('on a real host', () => {
  test('an exhaustive run needs the host’s name, typed right', async () => {
    for (const confirm of [undefined, 'OTHER-HOST', '']) {
      const prepared = await prepare({ exhaustive: true, confirm });
      expect(prepared.refusal?.message).toContain('SAMPLE-1');
      expect(prepared.refusal?.hint).toContain('--confirm SAMPLE-1');
      expect(() => assertMayStart(prepared)).toThrow(/--exhaust/);
    }
    const confirmed = await prepare({ exhaustive: true, confirm: 'sample-1' });
    expect(confirmed.refusal).toBeNull();
    expect(confirmed.plan).toMatchObject({ atOnce: 32_768, unionLost: 16_384, legacyLeft: 0 });
  });

  test('without --exhaust four fifths of the range stay free, and nothing needs confirming', async () => {
    const { refusal, plan, limits, basis } = await prepare({});
    expect(basis).toBe('measured');
    expect(refusal).toBeNull();
    expect(limits.reserve).toBe(13_108);
    expect(plan.legacyLeft).toBe(13_108);
  });

  test('with an unknown range capacity could starve the host, so it asks; sweep does not', async () => {
    const capacity = await prepare({}, { dynamicRanges: UNKNOWN });
    expect(capacity.refusal?.hint).toContain('portlab run sweep');
    const sweep = await prepare({ experiment: 'sweep' }, { dynamicRanges: UNKNOWN });
    expect(sweep.refusal).toBeNull();
    expect(sweep.plan.atOnce).toBe(201);
  });

  test('a safe experiment needs no confirmation, --exhaust or not', async () => {
    const { refusal, plan } = await prepare({ experiment: 'sweep', exhaustive: true });
    expect(refusal).toBeNull();
    expect(plan.atOnce).toBe(201);
  });

  test('a full run asks for the name only where it may go below the reserve', async () => {
    const unknown = { dynamicRanges: UNKNOWN };
    expect((await prepare({ experiment: 'full' }, unknown)).refusal).toBeNull();
    const exhaustive = await prepare({ experiment: 'full', exhaustive: true });
    expect(exhaustive.refusal?.hint).toContain('--confirm');
  });

  test('exclusions of the pool’s own protocol and family are no capacity', async () => {
    const excluded = { start: 50_000, count: 100, administered: false } as const;
    const { usable } = await prepare(
      {},
      {
        excludedRanges: [
          { ...excluded, protocol: 'tcp', family: 'ipv4' },
          { ...excluded, start: 60_000, protocol: 'udp', family: 'ipv4' },
          { ...excluded, start: 61_000, protocol: 'tcp', family: 'ipv6' },
        ],
      },
    );
    expect(usable).toBe(16_284);
  });

  test('ports of others that could not be counted are named as unknown', async () => {
    const { othersUnknown } = await prepare({});
    // There is no netstat.exe here to ask.
    expect(othersUnknown).toBe(process.platform !== 'win32');
  });
});

test('Wine is exempt from the confirmation, and never called measured', async () => {
  const wine = { wine: '8.0', dynamicRanges: UNKNOWN };
  const { refusal, basis, exhaustion } = await prepare({ exhaustive: true }, wine);
  expect(refusal).toBeNull();
  expect(basis).toBe('wine');
  expect(exhaustion.bind).toBe(10_048);
});

test('the simulated stack takes its ranges from the profile, not from the host', async () => {
  const content = { dynamicRanges: { tcp4: { start: 50_000, count: 300 } } };
  const { usable, profile, refusal } = await prepare(
    { exhaustive: true, profile: { file: 'small.json', content } },
    { stack: 'simulated', why: 'made up' },
  );
  expect(usable).toBe(300);
  expect(profile?.name).toBe('small.json');
  expect(refusal).toBeNull();
});
