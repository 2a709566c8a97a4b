/** How the connections of an arm came by their local ports, as measures name it. */
const WAYS: Readonly<Record<string, string>> = {
  bind: 'bound first',
  option: 'bound with SO_PORT_SCALABILITY',
  unbound: 'chosen by connect',
  unicast: 'bound with SO_REUSE_UNICASTPORT',
  'bind-again': 'bound first, again',
};

const COUNTED: Readonly<Record<string, string>> = {
  connections: 'Connections open at once',
  numbers: 'Local port numbers they used',
  shared: 'Numbers that served several remotes at once',
  putOff: 'Sockets whose port was left to connect',
};

/** Words for the counts of connect-reuse, by the name of the measure: `unbound.shared`. */
export const CONNECTION_WORDS: readonly (readonly [name: string, words: string])[] = Object.entries(
  WAYS,
).flatMap(([way, how]) =>
  Object.entries(COUNTED).map(([key, what]) => [`${way}.${key}`, `${what}, ${how}`] as const),
);

const SEEN_BY: Readonly<Record<string, string>> = {
  byName: 'a bind that names it',
  byWildcard: 'wildcard binds',
  sameConnection: 'the same connection',
};

/** Words for the times of time-wait, all in seconds: `timeWait.byName.seconds`. */
export const TIME_WAIT_WORDS: readonly (readonly [name: string, words: string])[] = Object.entries(
  SEEN_BY,
).flatMap(([key, whom]) => [
  [`timeWait.${key}.seconds`, `Until a port was free again for ${whom}`] as const,
  [`timeWait.${key}.longerThanSeconds`, `A port was taken for ${whom} longer than`] as const,
]);

const GIVEN_UP: Readonly<Record<string, string>> = {
  closedHere: 'this side closed first',
  closedThere: 'the other side closed first',
  boundOnly: 'never connected',
  reset: 'reset',
};

/** Words for what was free right after the close: `atOnce.closedHere.byName`. */
export const AT_ONCE_WORDS: readonly (readonly [name: string, words: string])[] = Object.entries(
  GIVEN_UP,
).flatMap(([key, how]) =>
  Object.entries(SEEN_BY).map(
    ([by, whom]) => [`atOnce.${key}.${by}`, `Free at once for ${whom}, ${how}`] as const,
  ),
);
