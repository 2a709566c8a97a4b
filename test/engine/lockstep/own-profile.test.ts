import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lockstep, type LockstepResult } from '#engine/lockstep/lockstep.ts';
import { profileOf } from '../allocator/model/host-arbitrary.ts';
import { play, type Sequence, sequenceArbitrary } from '../allocator/model/sequence.ts';
import { FOUND } from './found.ts';
import { RowBatches } from './row-batches.ts';

const DEEP = process.env['PORTLAB_DEEP'] === '1';
const TIMEOUT_MS = DEEP ? 900_000 : 120_000;

/** Plays a sequence and makes the recording again on a model with these switches set besides. */
function compared(
  sequence: Sequence,
  switches: Readonly<Record<string, string>> = {},
): LockstepResult {
  const rows = new RowBatches();
  const { pair } = play(sequence, undefined, rows);
  const host = { ...sequence.host, switches: { ...sequence.host.switches, ...switches } };
  const lockstep = new Lockstep({
    profile: profileOf(host),
    addresses: sequence.host.addresses.map(({ address }) => address),
    texts: pair.stack.addresses,
    real: false,
  });
  for (const batch of rows.batches) lockstep.add(batch);
  return lockstep.result();
}

/** A recording does not say on which adapter an address comes. */
function tellsAll({ host, commands }: Sequence): boolean {
  return (
    host.switches['A28'] !== 'not-shared' || commands.every((command) => command.do !== 'address')
  );
}

describe('a simulated run beside its own profile', () => {
  it(
    'differs at no step, whatever happens on whatever host, and in whatever order it picks',
    () => {
      fc.assert(
        fc.property(sequenceArbitrary.filter(tellsAll), (sequence) => {
          const { listed, compared: calls } = compared(sequence);
          expect(listed).toEqual([]);
          expect(calls).toBeGreaterThan(0);
        }),
        { numRuns: DEEP ? 10_000 : 300, examples: FOUND.map((one) => [one]) },
      );
    },
    TIMEOUT_MS,
  );
});
