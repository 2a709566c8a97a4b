/** Words for the figures of verify-plan, by the name of the measure. */
export const PLAN_WORDS: readonly (readonly [name: string, words: string])[] = [
  ['plan.need', 'Ports, or connections, the plan holds at its peak'],
  ['plan.capacity', 'The same with its headroom'],
  ['plan.held', 'Ports, or connections, that were held'],
  ['plan.numbers', 'Local addresses and ports they used'],
  ['plan.holds', 'Whether the plan holds, 1 or 0'],
  ['plan.ofRange', 'Numbers of the dynamic range held on some address at the peak'],
  ['plan.legacy.code', 'Answer to a bind without the option at the peak'],
  ['plan.code', 'Answer of the call that ended it'],
];
