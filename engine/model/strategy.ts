/** The ways an application can get local ports, as an experiment's arms name them. */
export const STRATEGIES = ['legacy', 'port-scalability', 'reuse-unicast', 'port-pool'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** Reader's words for a strategy: sentence case, as in headings and table cells. */
export const STRATEGY_TITLE: Readonly<Record<Strategy, string>> = {
  legacy: 'Legacy (no option)',
  'port-scalability': 'Port scalability',
  'reuse-unicast': 'Unicast reuse',
  'port-pool': 'Port pool',
};
