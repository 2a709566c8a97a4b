import * as fc from 'fast-check';
import type { EventSink } from '#engine/event/event-sink.ts';
import type { ReferenceHost } from '../reference/host.ts';
import { commandsArbitrary, type Command } from './commands.ts';
import { hostArbitrary, pickArbitrary, profileFileOf, profileOf } from './host-arbitrary.ts';
import { checkConservation, checkInvariants, freeOnAll } from './invariants.ts';
import { PairedStack } from './paired-stack.ts';
import { CommandRunner } from './run-command.ts';

/** A host and what happens on it. */
export interface Sequence {
  readonly host: ReferenceHost;
  readonly picks: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly commands: readonly Command[];
}

export const sequenceArbitrary: fc.Arbitrary<Sequence> = fc.record({
  host: hostArbitrary,
  picks: pickArbitrary,
  seed: fc.nat(),
  commands: commandsArbitrary,
});

/** Makes the host under test differ from the reference's, to see that it is noticed. */
export type Twist = (sequence: Sequence) => Sequence;

const STRAIGHT: Twist = (sequence) => sequence;

/**
 * Runs a sequence on the stack under test and on the reference.
 * @param sink where the stack's events go
 * @returns the pair, and the first difference; null: none
 */
export function play(
  sequence: Sequence,
  twist: Twist = STRAIGHT,
  sink?: EventSink,
): { pair: PairedStack; difference: Error | null } {
  const { host, picks } = twist(sequence);
  const pair = new PairedStack(sequence.host, profileOf(host, picks), sequence.seed, sink);
  const runner = new CommandRunner(pair, sequence.host);
  try {
    const empty = freeOnAll(pair);
    checkInvariants(pair);
    for (const command of sequence.commands) {
      runner.run(command);
      checkInvariants(pair);
    }
    checkConservation(pair, runner, empty);
  } catch (error) {
    return { pair, difference: error as Error };
  }
  return { pair, difference: null };
}

/** The sequence as a scenario script; what each step must answer is the reference's word. */
export function scriptOf(
  sequence: Sequence,
  pair: PairedStack,
  title: string,
): Record<string, unknown> {
  return {
    portlab: 'script/1',
    title,
    profile: profileFileOf(sequence.host, sequence.picks),
    steps: pair.journal.steps(),
  };
}

/**
 * Plays random sequences; none may differ.
 * @throws Error naming the difference, fast-check's seed and path, and a script that shows it
 */
export function assertAlike(
  numRuns: number,
  {
    twist = STRAIGHT,
    parameters = {},
  }: { twist?: Twist; parameters?: fc.Parameters<[Sequence]> } = {},
): void {
  const property = fc.property(sequenceArbitrary, (sequence) => {
    const { difference } = play(sequence, twist);
    if (difference !== null) throw difference;
  });
  const result = fc.check(property, { numRuns, ...parameters });
  if (!result.failed) return;
  const [sequence] = result.counterexample ?? [];
  if (sequence === undefined) throw new Error(fc.defaultReportMessage(result) ?? 'no sequence ran');
  const { pair, difference } = play(sequence, twist);
  const message = difference?.message ?? 'did not happen again';
  throw new Error(
    [
      message,
      `fast-check: seed ${result.seed}, path ${result.counterexamplePath}, ${result.numShrinks} shrinks`,
      `save this as a file and run: portlab script FILE --stack simulated --seed ${sequence.seed}`,
      printed(scriptOf(twist(sequence), pair, message)),
    ].join('\n'),
  );
}

/** A line a step. */
function printed({ steps, ...head }: Record<string, unknown>): string {
  const lines = (steps as readonly object[]).map((step) => `  ${JSON.stringify(step)}`);
  return `${JSON.stringify(head).slice(0, -1)},"steps":[\n${lines.join(',\n')}\n]}`;
}
