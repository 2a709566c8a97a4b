/** How sure an assumption is: documented, observed in public, observed under Wine, or inferred. */
export type EvidenceMark = 'D' | 'O' | 'W' | 'I';

/** One named switch of the modelled port allocator. */
export interface AssumptionDefinition {
  readonly name: string;
  /** What it decides, in one line. */
  readonly about: string;
  /** What the engine can do; the first is the default. One value: not modelled otherwise yet. */
  readonly values: readonly [string, ...string[]];
  readonly mark: EvidenceMark;
  readonly source: string;
}
