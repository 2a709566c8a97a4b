import { OP, opName } from '../event/op.ts';
import { SOCKET_OPTION_NAMES, optionTag } from '../model/socket-option.ts';
import { describeCode } from '../model/winsock-error.ts';
import type { Where } from './divergence.ts';
import type { Row } from './row.ts';

const OPTIONS = new Map<number, string>(SOCKET_OPTION_NAMES.map((name) => [optionTag(name), name]));

/** An answer that is 0 or an error. */
export function codeWords(code: number): string {
  return code === 0 ? 'success' : describeCode(code);
}

/** `bind 127.0.0.2 : 0`, with IPv6 addresses as they are. @param addresses the run's address table */
export function callWords(row: Row, addresses: readonly string[]): string {
  const call = opName(row.op) ?? `call ${row.op}`;
  switch (row.op) {
    case OP.bind:
    case OP.connect:
    case OP.fill:
      return `${call} ${addresses[row.address] ?? '?'} : ${row.op === OP.fill ? 0 : row.port}`;
    case OP.setsockopt:
      return `${call} ${OPTIONS.get(row.port) ?? row.port} ${row.value}`;
    case OP.getsockopt:
      return `${call} ${OPTIONS.get(row.port) ?? row.port}`;
    case OP.reserve:
      return `${call} ${row.port}, ${row.value} ports`;
    default:
      return call;
  }
}

/** Where a call stands. */
export function whereOf(row: Row, addresses: readonly string[]): Where {
  const { seq, t, arm } = row;
  return { seq, t, arm, call: callWords(row, addresses) };
}
