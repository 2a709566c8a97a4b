/**
 * A guard over a modelled host of its own, where other applications take every port from one time to
 * another, ms after its first look: PORTLAB_TEST_STARVE="400-900". For where there is no Winsock.
 */
import { NULL_SINK } from '#engine/event/event-sink.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import type { OtherHolder } from '#engine/stack/other-holder.ts';
import { createSimulatedStack } from '#engine/stack/simulated-stack.ts';
import { runGuard } from '#main/guard/run-guard.ts';

const START = 50_000;
const COUNT = 64;
const [from, to] = (process.env['PORTLAB_TEST_STARVE'] ?? '').split('-').map(Number);

runGuard(() => {
  const profile = resolveProfile({ dynamicRanges: { tcp4: { start: START, count: COUNT } } });
  const stack = createSimulatedStack({ sink: NULL_SINK, profile, addresses: [], seed: 1 });
  if (from !== undefined && to !== undefined) {
    let taken: OtherHolder[] = [];
    setTimeout(() => {
      const holders = Array.from({ length: COUNT }, (_, i) => ({
        protocol: 'tcp' as const,
        address: '127.0.0.9',
        port: START + i,
        kind: 'legacy' as const,
      }));
      taken = holders.filter((holder) => stack.occupy(holder) === 0);
    }, from);
    setTimeout(() => taken.forEach((holder) => stack.vacate(holder)), to);
  }
  return stack;
});
