/**
 * What an event row says was called. The numbers are the recorded format: they never change meaning.
 *
 * Which columns mean what, by op:
 * | op | socket | address | port | code | value |
 * |---|---|---|---|---|---|
 * | socket | new socket | 0 | 0 | 0 or error | protocol and family: bit 0 udp, bit 1 ipv6 |
 * | setsockopt, getsockopt | socket | 0 | option tag | 0 or error | value set or read |
 * | bind | socket | local address | port asked for | 0 or error | 0 |
 * | getsockname | socket | local address | port held from now on | 0 or error | 0 |
 * | listen | socket | 0 | 0 | 0 or error | backlog |
 * | connect | socket | remote address | remote port | 0 or error | 0 |
 * | accept | accepted socket | local address | local port | 0 or error | listening socket |
 * | close | socket | local address (0 if unbound) | port freed (0 if unbound) | 0 or error | 0 |
 * | fill | first socket | local address | first port | 0 | how many consecutive ports, each bound by one socket |
 * | release | first socket | local address | first port | 0 | how many consecutive ports, each freed |
 * | mark | 0 | 0 | 0 | 0 | see mark.ts |
 *
 * A `bind` that succeeded says nothing of the port it got; the `getsockname` after it does.
 * A `fill` row stands for `value` successful binds, a `release` row for as many closes.
 */
export const OP = {
  socket: 1,
  setsockopt: 2,
  getsockopt: 3,
  bind: 4,
  getsockname: 5,
  listen: 6,
  connect: 7,
  accept: 8,
  close: 9,
  fill: 10,
  release: 11,
  mark: 20,
} as const;

export type OpName = keyof typeof OP;
export type Op = (typeof OP)[OpName];

const NAMES = new Map<number, OpName>(
  (Object.entries(OP) as [OpName, Op][]).map(([name, op]) => [op, name]),
);

export function opName(op: number): OpName | undefined {
  return NAMES.get(op);
}

/** How many calls a row stands for: `eventCount` counts binds and other calls, not rows. */
export function callsInRow(op: number, value: number): number {
  return op === OP.fill || op === OP.release ? value : 1;
}
