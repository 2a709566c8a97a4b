import { CALL_KINDS, NAMED_KINDS } from './call-kinds.ts';
import { GIVEN_KINDS, REFUSED_KINDS } from './number-kinds.ts';

/** Every difference there is, by its stable name. */
export const KINDS = {
  ...GIVEN_KINDS,
  ...REFUSED_KINDS,
  ...CALL_KINDS,
  ...NAMED_KINDS,
};

export type KindId = keyof typeof KINDS;
