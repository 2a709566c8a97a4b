import { isWildcard } from '#engine/model/address.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunWishInput } from '#engine/api/run-wish.ts';
import type { RunView } from '#engine/api/views.ts';
import { decodeChunk } from '#renderer/events/decode-chunk.ts';
import { armPlan } from '#renderer/events/arm-plan.ts';
import { armViews } from '#renderer/screens/live/arms.ts';
import { LiveModel } from '#renderer/screens/live/live-model.ts';
import { CONNECTIONS, type Connected } from '#test/wire/connections.ts';
import { collect, openScreen, type Screen } from '#test/wire/screen.ts';

describe('a live model of a run recorded for real', () => {
  let lab: Connected;
  let screen: Screen;

  beforeAll(async () => {
    lab = await CONNECTIONS[0]!.connect();
    screen = await openScreen(lab);
  });
  afterAll(() => lab.close());

  /** Runs it, following its events from the beginning while it goes on. */
  async function run(wish: RunWishInput): Promise<{ model: LiveModel; view: RunView }> {
    const { client } = screen;
    const { run } = await client.call('startRun', { wish });
    const { document } = await client.call('run', { run });
    const model = new LiveModel({ addresses: document.run.addresses, timed: false });
    const { stream } = await client.call('openEvents', { run, credits: 4 });
    const parts = await collect(client, stream);
    // A live view that has no document yet takes those of the first part for the run's, the wildcard aside.
    const [none, ...named] = parts[0]?.addresses ?? [];
    expect(none).toBe('');
    expect(named.filter((address) => !isWildcard(address))).toEqual(document.run.addresses);
    for (const part of parts) {
      model.addAddresses(part.addresses);
      model.add(await decodeChunk(part));
    }
    await screen.untilEnded(run);
    return { model, view: await client.call('run', { run }) };
  }

  test.each([
    ['capacity', { experiment: 'capacity', stack: 'simulated', seed: 7 }],
    [
      'capacity, exhaustive',
      { experiment: 'capacity', stack: 'simulated', exhaustive: true, seed: 7 },
    ],
    ['sweep', { experiment: 'sweep', stack: 'simulated', seed: 7 }],
  ] satisfies [string, RunWishInput][])('%s: says what its document says', async (_, wish) => {
    const { model, view } = await run(wish);
    const { document } = view;
    const snapshot = model.snapshot();
    expect(snapshot.rows).toBe(view.rows);
    expect(snapshot.calls).toBe(document.run.eventCount);
    expect(snapshot.held).toBe(0);
    expect(Math.max(...snapshot.arms.map(({ peakHeld }) => peakHeld))).toBe(
      document.safety.peakHeld,
    );
    const said = snapshot.arms.map(({ index, bound, overlap, boundBy }) => ({
      index,
      bound,
      overlap,
      perAddress: Object.fromEntries(
        model.groups.map(({ name }, at) => [name, boundBy[at]] as const),
      ),
    }));
    expect(said).toEqual(
      document.arms.map(({ index, bound, overlap, perAddress }) => ({
        index,
        bound,
        overlap,
        perAddress,
      })),
    );
    expect(
      document.arms.map(({ strategy, label }) => ({ strategy, ...(label && { label }) })),
    ).toEqual(armPlan(wish.experiment));
    const errors = armViews(wish.experiment, snapshot, true).map(({ live }) => live?.firstError);
    expect(errors.map((error) => error?.code ?? null)).toEqual(
      document.arms.map(({ firstError }) => firstError?.code ?? null),
    );
  });

  test('shows a thousand addresses as four groups that hold everything', async () => {
    const addresses = Array.from(
      { length: 1_000 },
      (_, at) => `10.1.${Math.floor(at / 250)}.${(at % 250) + 1}`,
    );
    const { model, view } = await run({
      experiment: 'capacity',
      stack: 'simulated',
      addresses,
      reserve: { kind: 'number', ports: 16_284 },
    });
    expect(model.groups.map((group) => group.addresses.length)).toEqual([250, 250, 250, 250]);
    const snapshot = model.snapshot();
    expect(snapshot.arms.map(({ bound }) => bound)).toEqual(
      view.document.arms.map(({ bound }) => bound),
    );
    for (const { bound, boundBy } of snapshot.arms) {
      expect(boundBy.reduce((sum, one) => sum + one, 0)).toBe(bound);
    }
  });
});
