/**
 * A probe over a modelled host of its own, for what tests ask of the process and its channel where
 * there is no Winsock. Its pool has ports enough to be killed in the middle of an open.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { createSimulatedStack } from '#engine/stack/simulated-stack.ts';
import { labChannel } from '#main/probe/lab-channel.ts';
import { serveProbe } from '#main/probe/probe-server.ts';

const profile = resolveProfile({ dynamicRanges: { tcp4: { start: 10_000, count: 50_000 } } });

if (process.env['PORTLAB_TEST_PROBE'] === 'mute') await sleep(60_000);
serveProbe(
  labChannel(),
  (sink) => {
    if (process.env['PORTLAB_TEST_PROBE'] === 'broken') throw new Error('no stack here');
    // A modelled call takes so long that a slice of 20 ms holds few: rows come in many messages.
    const callNs = 100_000;
    return createSimulatedStack({ sink, profile, addresses: ['10.0.0.1'], seed: 1, callNs });
  },
  () => process.exit(0),
);
