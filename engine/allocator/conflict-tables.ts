/**
 * Who may bind explicitly to a port somebody holds, as published or measured. A row for the holder,
 * a column for the second bind, both in the order default/W, default/S, reuse/W, reuse/S,
 * exclusive/W, exclusive/S. W: wildcard address; S: a specific address (the same one when both are).
 * Two different specific addresses never conflict. S succeeds, U is WSAEADDRINUSE, A is WSAEACCES.
 */
export type ConflictRows = readonly [string, string, string, string, string, string];

export interface ConflictTable {
  readonly version: string;
  readonly tcp: ConflictRows;
  readonly udp: ConflictRows;
  /** For UDP the table holds between any two addresses, different specific ones too. */
  readonly udpOnAnyAddress: boolean;
  /** Between different users, where published. Kept for the record: the model knows one user (A5). */
  readonly differentUsers: ConflictRows | null;
}

/**
 * "Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE", Windows Server 2003 and later, same user account
 * (text of 2021). Public tests say that real hosts differ in places.
 */
const DOC_2021_SAME_USER: ConflictRows = [
  'U S A S U S', // default/W holds
  'S U S A U U', // default/S
  'U S S S U S', // reuse/W
  'S U S S U U', // reuse/S
  'U A A A U A', // exclusive/W
  'S U S A U U', // exclusive/S
];

/** The same page's table for different user accounts. */
const DOC_2021_DIFFERENT_USERS: ConflictRows = [
  'U A A A U A',
  'S U S A U U',
  'U A S S U A',
  'S U S S U U',
  'U A A A U A',
  'S U S A U U',
];

/**
 * Wine 8.0 on Linux, probed: TCP as documented, but for an exclusive holder on the wildcard address.
 * UDP sockets are all bound to the wildcard address of the system below, whatever address was asked
 * for, and share a number only if both have SO_REUSEADDR.
 */
const WINE_8_TCP: ConflictRows = [
  'U S A S U S',
  'S U S A U U',
  'U S S S U S',
  'S U S S U U',
  'A A A A A A',
  'S U S A U U',
];
const WINE_8_UDP: ConflictRows = [
  'U U A A U U',
  'U U A A U U',
  'U U S S U U',
  'U U S S U U',
  'U U A A U U',
  'U U A A U U',
];

/** By the values of the switch `bindMatrix`. */
export const CONFLICT_TABLES = {
  'doc-2021': {
    version: 'doc-2021',
    tcp: DOC_2021_SAME_USER,
    udp: DOC_2021_SAME_USER,
    udpOnAnyAddress: false,
    differentUsers: DOC_2021_DIFFERENT_USERS,
  },
  'wine-8': {
    version: 'wine-8',
    tcp: WINE_8_TCP,
    udp: WINE_8_UDP,
    udpOnAnyAddress: true,
    differentUsers: null,
  },
} as const satisfies Record<string, ConflictTable>;
