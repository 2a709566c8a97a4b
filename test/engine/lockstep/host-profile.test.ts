import { describe, expect, it } from 'vitest';
import { profileOfHost } from '#engine/lockstep/host-profile.ts';
import { ObservedSpan } from '#engine/lockstep/observed-span.ts';
import { NULL_SINK, type EventSink } from '#engine/event/event-sink.ts';
import { namedProfile, resolveProfile } from '#engine/profile/resolve-profile.ts';
import { createSimulatedStack } from '#engine/stack/simulated-stack.ts';
import { address, sampleHost } from '../../main/host-sample.ts';
import { RowBatches } from './row-batches.ts';

const NOT_TOLD = { tcp4: null, tcp6: null, udp4: null, udp6: null };

/** A run that binds two TCP ports and one by name, on a host with ten. */
function run(sink: EventSink): number[] {
  const range = { start: 50_000, count: 10 };
  const profile = resolveProfile({ dynamicRanges: { tcp4: range } });
  const stack = createSimulatedStack({ sink, profile, addresses: ['10.0.0.1'], seed: 3 });
  return [0, 0, 8_080].map((port) => {
    const socket = stack.socket('tcp', 'ipv4');
    stack.bind(socket, stack.intern('10.0.0.1'), port);
    return stack.getsockname(socket);
  });
}

function observed(): ObservedSpan {
  const rows = new RowBatches();
  run(rows);
  const span = new ObservedSpan();
  for (const batch of rows.batches) span.add(batch);
  return span;
}

describe('a profile with a real host’s own', () => {
  it('has its ranges, exclusions, addresses and adapters, and the rules of the base', () => {
    const excluded = [
      { protocol: 'tcp', family: 'ipv4', start: 50_000, count: 60, administered: true },
    ] as const;
    const host = sampleHost({
      dynamicRanges: { ...NOT_TOLD, tcp4: { start: 1_025, count: 64_510 } },
      excludedRanges: [...excluded],
      autoReuseRange: { start: 10_000, count: 500 },
      addresses: [address('10.0.0.1'), address('10.0.0.2', { interface: 'Ethernet 2' })],
    });
    const base = namedProfile('windows-server-2022');
    const { profile, rangesObserved } = profileOfHost(host, base, new ObservedSpan());
    expect(profile).toMatchObject({
      name: base.name,
      assumptions: base.assumptions,
      addresses: [
        { address: '10.0.0.1', adapter: 'Ethernet' },
        { address: '10.0.0.2', adapter: 'Ethernet 2' },
      ],
      excludedRanges: excluded,
      autoReuseRange: { start: 10_000, count: 500 },
    });
    expect(profile.dynamicRanges.tcp4).toEqual({ start: 1_025, count: 64_510 });
    expect(profile.dynamicRanges.udp6).toEqual(base.dynamicRanges.udp6);
    expect(rangesObserved).toEqual([]);
  });

  it('has the span of the wildcard ports a run met where the range was not told, and says so', () => {
    const [a = 0, b = 0] = run(NULL_SINK);
    const span = { start: Math.min(a, b), count: Math.abs(a - b) + 1 };
    const base = namedProfile('documented');
    const windows = profileOfHost(sampleHost({ dynamicRanges: NOT_TOLD }), base, observed());
    expect(windows.rangesObserved).toEqual(['tcp4']);
    expect(windows.profile.dynamicRanges.tcp4).toEqual(span);
    expect(windows.profile.dynamicRanges.udp4).toEqual(base.dynamicRanges.udp4);
    const wine = sampleHost({ dynamicRanges: NOT_TOLD, wine: '8.0' });
    // Linux has one range for everything.
    expect(profileOfHost(wine, base, observed()).profile.dynamicRanges.udp6).toEqual(span);
  });
});
