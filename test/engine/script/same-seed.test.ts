import { assert, asyncProperty, constantFrom, nat } from 'fast-check';
import { expect, test } from 'vitest';
import { EventBatch } from '#engine/event/event-batch.ts';
import { encodeEvents } from '#engine/event/event-codec.ts';
import { parseScript } from '#engine/script/parse-script.ts';
import { simulateScript } from '#engine/script/simulate-script.ts';
import { EventLog } from '../../stack/event-log.ts';
import { SHIPPED } from './shipped-scenarios.ts';

/** A run's events as they are recorded: bytes. */
async function recorded(text: string, seed: number): Promise<Uint8Array> {
  const log = new EventLog();
  await simulateScript(parseScript(text), { seed, sink: log });
  const batch = new EventBatch(log.rows.length);
  log.rows.forEach((row, i) => {
    batch.t[i] = row.t;
    batch.dur[i] = Math.min(row.dur, 4_294_967_295);
    batch.socket[i] = row.socket;
    batch.value[i] = row.value;
    batch.address[i] = row.address;
    batch.port[i] = row.port;
    batch.code[i] = row.code;
    batch.op[i] = row.op;
  });
  batch.length = log.rows.length;
  return encodeEvents(batch);
}

/** Everything that draws at random: picks, pools, others that come and go. */
const RANDOM = `{
  "portlab": "script/1",
  "profile": {
    "dynamicRanges": { "tcp4": { "start": 50000, "count": 500 } },
    "autoReuseRange": { "start": 60000, "count": 100 },
    "assumptions": { "A19": "random" },
    "churn": [{ "protocol": "tcp", "address": "0.0.0.0", "perSecond": 40, "holdSeconds": 2 }],
  },
  "steps": [
    { "op": "fill", "as": "f", "address": "10.0.0.1", "count": 50 },
    { "op": "wait", "seconds": 3 },
    { "op": "fill", "as": "g", "address": "10.0.0.1", "count": 20, "pool": { "start": 20000, "count": 99, "order": "random" } },
    { "op": "socket", "as": "a" },
    { "op": "connect", "socket": "a", "remote": { "address": "10.9.9.9", "port": 443 } },
  ],
}`;

test('the same seed gives the same events, byte for byte', async () => {
  await assert(
    asyncProperty(
      constantFrom(RANDOM, ...SHIPPED.map(({ text }) => text)),
      nat({ max: 4_294_967_295 }),
      async (text, seed) => {
        expect(await recorded(text, seed)).toEqual(await recorded(text, seed));
      },
    ),
    { numRuns: 60 },
  );
});

test('another seed gives others', async () => {
  expect(await recorded(RANDOM, 1)).not.toEqual(await recorded(RANDOM, 2));
});
