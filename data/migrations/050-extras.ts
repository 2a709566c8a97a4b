import type { Migration } from './index.ts';

/**
 * What only some runs have: `answers`, `experiments` and `model` of their documents, as one JSON
 * object; else NULL.
 */
export const EXTRAS: Migration = {
  version: 50,
  sql: 'ALTER TABLE run ADD COLUMN extras TEXT;',
};
