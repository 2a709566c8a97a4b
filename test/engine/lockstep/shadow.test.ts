import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventBatch } from '#engine/event/event-batch.ts';
import { OP } from '#engine/event/op.ts';
import { Shadow } from '#engine/lockstep/shadow.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { createSimulatedStack } from '#engine/stack/simulated-stack.ts';
import { profileOf } from '../allocator/model/host-arbitrary.ts';
import { play, type Sequence, sequenceArbitrary } from '../allocator/model/sequence.ts';
import { FOUND } from './found.ts';
import { RowBatches } from './row-batches.ts';

const DEEP = process.env['PORTLAB_DEEP'] === '1';
const TIMEOUT_MS = DEEP ? 900_000 : 120_000;

type ShadowRow = Readonly<Record<'op' | 'socket' | 'address' | 'port' | 'code' | 'value', number>>;

function rowsOf(batches: readonly EventBatch[]): ShadowRow[] {
  return batches.flatMap((batch) =>
    Array.from({ length: batch.length }, (_, at) => ({
      op: batch.op[at]!,
      socket: batch.socket[at]!,
      address: batch.address[at]!,
      port: batch.port[at]!,
      code: batch.code[at]!,
      value: batch.value[at]!,
    })),
  );
}

/** Plays a sequence, and what a model by the same rules makes of the recording. */
function besideItself(sequence: Sequence): { recorded: ShadowRow[]; model: ShadowRow[] } {
  const rows = new RowBatches();
  const { pair } = play(sequence, undefined, rows);
  const sink = new RowBatches();
  const shadow = new Shadow({
    profile: profileOf(sequence.host),
    addresses: sequence.host.addresses.map(({ address }) => address),
    texts: pair.stack.addresses,
    sink,
    ownPicks: false,
  });
  for (const batch of rows.batches) {
    for (let at = 0; at < batch.length; at++) expect(shadow.take(batch, at)).toBe(true);
  }
  return { recorded: rowsOf(rows.batches), model: rowsOf(sink.batches) };
}

/** A recording does not say on which adapter an address comes. */
function tellsAll({ host, commands }: Sequence): boolean {
  return (
    host.switches['A28'] !== 'not-shared' || commands.every((command) => command.do !== 'address')
  );
}

/** Whether a connect repeats a connection hangs on its number, which is told after it. */
function hangsOnNumber(row: ShadowRow | undefined): boolean {
  return row?.op === OP.connect && (row.code === 10_048 || row.code === 10_049);
}

describe('what a model does that a run is put beside', () => {
  test(
    'by the run’s own rules it is the run, row by row, whatever order the host picked in',
    () => {
      fc.assert(
        fc.property(sequenceArbitrary.filter(tellsAll), (sequence) => {
          const { recorded, model } = besideItself(sequence);
          const first = recorded.findIndex((row, n) => !sameRow(row, model[n]));
          const hangs = [recorded[first], model[first]].some(hangsOnNumber);
          if (first >= 0 && hangs) return;
          expect(model[first], `row ${first}`).toEqual(recorded[first]);
          expect(model.length).toBe(recorded.length);
        }),
        { numRuns: DEEP ? 10_000 : 300, examples: FOUND.map((one) => [one]) },
      );
    },
    TIMEOUT_MS,
  );

  test.each([
    [false, 'the host’s numbers, where its rules allow them'],
    [true, 'its own, where it is to pick them itself'],
  ])('it picks (own: %s) %s', (ownPicks) => {
    const range = { start: 50_000, count: 200 };
    const profile = (A20: string) =>
      resolveProfile({ dynamicRanges: { tcp4: range }, assumptions: { A20 } });
    const recorded = new RowBatches();
    const addresses = ['10.0.0.1', '10.0.0.2'];
    const host = createSimulatedStack({
      sink: recorded,
      profile: profile('pack'),
      addresses,
      seed: 3,
    });
    host.fill({
      protocol: 'tcp',
      family: 'ipv4',
      addresses: addresses.map((address) => host.intern(address)),
      from: 0,
      options: ['SO_PORT_SCALABILITY'],
      count: 100,
      budgetNs: 1e15,
    });
    const sink = new RowBatches();
    const texts = host.addresses;
    const shadow = new Shadow({ profile: profile('spread'), addresses, texts, sink, ownPicks });
    for (const batch of recorded.batches) {
      for (let at = 0; at < batch.length; at++) shadow.take(batch, at);
    }
    const numbers = (batches: readonly EventBatch[]): Set<number> =>
      new Set(
        rowsOf(batches)
          .filter(({ op }) => op === OP.fill)
          .flatMap(({ port, value }) => Array.from({ length: value }, (_, n) => port + n)),
      );
    expect(numbers(recorded.batches).size).toBe(50);
    expect(numbers(sink.batches).size).toBe(ownPicks ? 100 : 50);
  });
});

function sameRow(a: ShadowRow, b: ShadowRow | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
