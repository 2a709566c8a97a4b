import type { Strategy } from '../../model/strategy.ts';
import type { Arm } from '../../run/run-document.ts';

/** What carrying out a plan brings. */
export interface VerifyPlanEvidence {
  /** `wider-range` is legacy on whatever range the host has. */
  readonly strategy: Strategy | 'wider-range';
  /** Ports, or connections, the plan holds at its peak. */
  readonly need: number;
  /** The need and its headroom. */
  readonly capacity: number;
  readonly headroomPercent: number;
  readonly held: number;
  readonly ended: Arm['ended'];
  /** The call that ended it, and its code; null where none did. */
  readonly failed: Arm['firstError'];
  /** What ran out, where that could be told. */
  readonly shortage: 'ports' | 'memory' | 'unknown' | null;
  /** Of unicast reuse: remotes the plan has, and listeners that could be opened for them; null else. */
  readonly remotes: { readonly asked: number; readonly opened: number } | null;
  /** What a bind without the option got while the need was held: 0 a port, else its code; null where none was tried. */
  readonly legacyCode: number | null;
}
