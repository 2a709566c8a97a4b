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
 * | close | socket | local address (0 if unbound) | port freed (0 if unbound) | 0 or error | who closed: 0 this side, 1 the peer before, 2 this side by reset |
 * | fill | first socket | local address | first port | 0 | how many consecutive ports, each bound by one socket |
 * | fillOf | 0 | 0 | 0 | 0 | what the sockets of fill rows from here on are: bit 0 udp, bit 1 ipv6, from bit 8 the options that are on, a bit each in the order of socket-option.ts; IPv4 TCP sockets without options until told |
 * | release | first socket | local address | first port | 0 | how many consecutive ports, each freed |
 * | reserve | socket it hangs on | 0 | first port: the reserved one, asked for on failure | 0 or error | how many ports |
 * | associate | socket | 0 | first port of a persistent block, else 0 | 0 or error | socket the reservation hangs on, or how many ports the persistent block has |
 * | process | 0 | 0 | 0 | 0 | number of the process that makes the calls from here on; 0, the lab's own, until told |
 * | exit | 0 | 0 | 0 | 0 | number of the process that ends; a close row for each of its sockets follows |
 * | addressAdd, addressRemove | 0 | address | 0 | 0 | 0 |
 * | wait | 0 | 0 | 0 | 0 | milliseconds waited from t on (dur says no more than its column holds) |
 * | canary | 0 | 0 | 0 | 0 or error | what another process tried without any option, each port given back at once: 0 bind, 1 connect |
 * | mark | 0 | 0 | 0 | 0 | see mark.ts |
 *
 * A `bind` that succeeded says nothing of the port it got; the `getsockname` after it does.
 * Rows of another real process come with its answer: they may begin before the row above them.
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
  reserve: 12,
  associate: 13,
  process: 14,
  exit: 15,
  addressAdd: 16,
  addressRemove: 17,
  wait: 18,
  fillOf: 19,
  mark: 20,
  canary: 21,
} as const;

/** Where the options begin in the value of a `fillOf` row. */
export const FILL_OPTIONS_SHIFT = 8;

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
  // Says how to read other rows; no call of its own.
  if (op === OP.fillOf) return 0;
  return op === OP.fill || op === OP.release ? value : 1;
}
