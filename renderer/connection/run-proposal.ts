import type { RunWishInput } from '#engine/api/run-wish.ts';

/** A run that one screen proposes and the form of its experiment comes filled in with, once. */
let proposal: RunWishInput | null = null;

export function proposeRun(wish: RunWishInput): void {
  proposal = wish;
}

/** @returns what was proposed for this experiment since it was last asked for, else null */
export function takeProposal(experiment: string): RunWishInput | null {
  if (proposal?.experiment !== experiment) return null;
  const taken = proposal;
  proposal = null;
  return taken;
}
