import type { SimulatedStack } from '#engine/stack/simulated-stack.ts';
import type { AssumptionId } from '#engine/profile/assumptions.ts';

/** A host with the switch at one of its values; `profile` adds other fields of a profile file. */
export type MakeHost = (profile?: Readonly<Record<string, unknown>>) => SimulatedStack;

/** What a caller sees of a switch, value by value. */
export interface SwitchCase {
  readonly about: string;
  observe(host: MakeHost): unknown;
  readonly seen: Readonly<Record<string, unknown>>;
}

export type SwitchCases = Readonly<Partial<Record<AssumptionId, SwitchCase>>>;
