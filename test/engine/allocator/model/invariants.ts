import type { Family, Protocol } from '../reference/host.ts';
import { wildcardOf } from '../reference/host.ts';
import { illegalPairs } from '../reference/illegal-pairs.ts';
import type { PairedStack } from './paired-stack.ts';
import type { CommandRunner } from './run-command.ts';

const POOLS = [
  ['tcp', 'ipv4'],
  ['tcp', 'ipv6'],
  ['udp', 'ipv4'],
  ['udp', 'ipv6'],
] as const;

export function freeOnAll({ stack }: PairedStack): number[] {
  return POOLS.map(([protocol, family]) => stack.freeOnAll(protocol, family));
}

/** What holds after every command. */
export function checkInvariants(pair: PairedStack): void {
  pair.syncClock();
  const { stack, reference } = pair;
  const pairs = illegalPairs(reference.ledger);
  if (pairs.length > 0) throw new Error(`illegal holders: ${pairs.join('; ')}`);
  pair.agree('open sockets', stack.open, reference.sockets.size);
  for (const [protocol, family] of POOLS) {
    const expected = reference.freeOnAll(protocol, family);
    const free = stack.freeOnAll(protocol, family);
    if (free !== expected) probe(pair, protocol, family, expected);
    pair.agree(`freeOnAll ${protocol} ${family}`, free, expected);
  }
}

/** A script can't ask for freeOnAll, but take all there is. */
function probe({ journal }: PairedStack, protocol: Protocol, family: Family, free: number): void {
  const address = wildcardOf(family);
  const step = { op: 'fill', as: 'probe', address, protocol, family, count: 1_000 };
  journal.call(step, [], { bound: free });
}

/** When everything is closed and every TIME_WAIT has passed, all is free and can be had again. */
export function checkConservation(
  pair: PairedStack,
  runner: CommandRunner,
  empty: readonly number[],
): void {
  pair.closeAll();
  checkInvariants(pair);
  const free = freeOnAll(pair);
  if (free.join() !== empty.join())
    throw new Error(`free at the end: ${free.join()}, not ${empty.join()}`);
  for (const options of [[], ['SO_PORT_SCALABILITY'] as const]) {
    runner.run({
      do: 'fill',
      protocol: 'tcp',
      targets: ['10.0.0.1'],
      options: [...options],
      count: 100,
      process: 0,
    });
    pair.closeAll();
  }
}
