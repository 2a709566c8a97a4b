import { expect, test } from 'vitest';
import { EventBatch } from '#engine/event/event-batch.ts';
import { OP } from '#engine/event/op.ts';
import { Replay } from '#engine/replay/replay.ts';
import { randomBatches } from './random-batches.ts';

function replayOf(batches: Iterable<EventBatch>): Replay {
  const replay = new Replay(() => false);
  for (const batch of batches) replay.append(batch);
  return replay;
}

test.each([
  ['2 addresses, one range', { addresses: 2, ports: [50_000, 16_384] }, 28],
  ['16 addresses, nearly all numbers', { addresses: 16, ports: [1_025, 64_511] }, 28],
  ['16 addresses, few numbers', { addresses: 16, ports: [50_000, 255] }, 28],
  ['1,000 addresses, nearly all numbers', { addresses: 1_000, ports: [1_025, 64_511] }, 56],
] as const)('a million rows of %s take no more memory than promised', (_about, wish, most) => {
  const rows = 1_000_000;
  const replay = replayOf(randomBatches({ rows, seed: 5, ...wish }));
  expect(replay.rows).toBe(rows);
  expect(replay.bytes / rows).toBeLessThanOrEqual(most);
  // Rows alone are 24, so what is said must count the states, too.
  expect(replay.bytes / rows).toBeGreaterThan(24);
});

test('a simulated fill of many addresses costs a few bytes a bind', () => {
  const [addresses, range] = [200, 60_000];
  const batches = Array.from({ length: addresses }, (_, n) => {
    const batch = new EventBatch(15, 15);
    for (let at = 0; at < 15; at++) {
      batch.op[at] = OP.fill;
      batch.t[at] = 1_000 * (15 * n + at);
      batch.address[at] = n + 1;
      batch.port[at] = 1_025 + 4_000 * at;
      batch.value[at] = 4_000;
    }
    return batch;
  });
  const replay = replayOf(batches);
  expect(replay.head.holdings.held).toBe(addresses * range);
  expect(replay.bytes / replay.head.calls).toBeLessThanOrEqual(8);
});

test('rows that claim too many ports don’t fill the memory with states', () => {
  const batch = new EventBatch(4_096, 4_096);
  batch.op.fill(OP.fill);
  batch.port.fill(1);
  batch.value.fill(4_294_967_295);
  for (let at = 0; at < batch.length; at++) batch.address[at] = at % 60;
  const replay = replayOf([batch, batch]);
  expect(replay.bytes).toBeLessThan(280e6);
}, 120_000);
