import type { Migration } from './index.ts';

/** What a scenario script's run answered: `script` and `steps` of its document, as JSON; else NULL. */
export const SCRIPT_ANSWERS: Migration = {
  version: 40,
  sql: 'ALTER TABLE run ADD COLUMN script TEXT;',
};
