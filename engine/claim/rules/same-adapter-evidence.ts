import type { MetBy } from '../encounter.ts';

/** What addresses of one adapter, and of two, bring. */
export interface SameAdapterEvidence {
  /**
   * Sweeps while the first address holds numbers, without the option and with it: of an address of the
   * same adapter, and of one of another adapter. Null where not begun, or there is no such address.
   */
  readonly before: AdapterSweeps;
  readonly withOption: AdapterSweeps;
  readonly after: AdapterSweeps;
}

export interface AdapterSweeps {
  readonly same: MetBy<'only'> | null;
  readonly other: MetBy<'only'> | null;
}
