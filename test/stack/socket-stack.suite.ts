import { CALL_CASES } from './call-cases.ts';
import { CONNECTION_CASES } from './connection-cases.ts';
import { FILL_CASES } from './fill-cases.ts';
import { OWNER_CASES } from './owner-cases.ts';
import type { SuiteCase } from './suite-case.ts';

/**
 * What every SocketStack must do: plain functions on node:assert, run by vitest over the simulated
 * stack and by node:test under Wine over the Winsock stack.
 */
export const SOCKET_STACK_SUITE: readonly SuiteCase[] = [
  ...CALL_CASES,
  ...FILL_CASES,
  ...CONNECTION_CASES,
  ...OWNER_CASES,
];
