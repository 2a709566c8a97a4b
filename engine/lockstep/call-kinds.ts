import { type DivergenceKind, kind } from './kind.ts';

/** A call is answered with another code or value. */
export const CALL_KINDS = {
  'exhaustion-code': kind((host, model) => `a full pool answers ${host}, not ${model}`, ['A14']),
  'starvation-code': kind(
    (host, model) =>
      `where only numbers held through the option are in the way it answers ${host}, not ${model}`,
    ['A15', 'A14'],
  ),
  'connect-exhaustion-code': kind(
    (host, model) => `connect answers ${host}, not ${model}, where no number is left`,
    ['A14', 'A15'],
  ),
  'connect-past-full': kind('connect finds numbers where the model has none left', [
    'implicitConnect',
  ]),
  'connect-full-early': kind(
    (host) => `connect answers ${host} though the model has numbers left`,
    ['implicitConnect', 'A26', 'A21'],
  ),
  'connect-number': kind('connect chooses numbers the model would not', ['implicitConnect', 'A26']),
  'connection-repeated': kind('a connection can be repeated at once', [
    'A21',
    'timeWaitScope',
    'implicitConnect',
  ]),
  'connection-not-repeated': kind(
    (host) => `a connection that ended can't be repeated yet: ${host}`,
    ['timeWaitScope', 'A21', 'connectSource'],
  ),
  'repeated-connection-code': kind(
    (host, model) => `a connection that is there already is refused with ${host}, not ${model}`,
    ['tupleInUse'],
  ),
  'connect-code': kind((host, model) => `connect answers ${host}, not ${model}`, []),
  'option-unreadable': kind(
    (host) => `port options can be set but not read back: ${host}`,
    ['A18'],
  ),
  'option-readable': kind('port options can be read back', ['A18']),
  'option-value': kind((host, model) => `an option reads back as ${host}, not ${model}`, ['A23']),
  'option-refused': kind((host) => `SO_PORT_SCALABILITY is refused: ${host}`, ['A1']),
  'option-accepted': kind('SO_PORT_SCALABILITY is accepted', ['A1']),
  'unicast-port-unknown': kind(
    (host) => `SO_REUSE_UNICASTPORT is refused: ${host}`,
    ['unicastPort'],
  ),
  'unicast-port-known': kind('SO_REUSE_UNICASTPORT is accepted', ['unicastPort']),
  'late-option-code': kind(
    (host, model) => `SO_PORT_SCALABILITY set after bind answers ${host}, not ${model}`,
    ['A17'],
  ),
  'port-options-together': kind(
    (host, model) =>
      `SO_PORT_SCALABILITY and SO_REUSE_UNICASTPORT on one socket: ${host}, not ${model}`,
    ['A16'],
  ),
  'exclusive-with-option': kind(
    (host, model) =>
      `SO_EXCLUSIVEADDRUSE and SO_PORT_SCALABILITY on one socket: ${host}, not ${model}`,
    ['A24'],
  ),
  'randomize-with-unicast-port': kind(
    (host, model) => `SO_RANDOMIZE_PORT after SO_REUSE_UNICASTPORT: ${host}, not ${model}`,
    ['randomizeWithUnicast'],
  ),
  'setsockopt-code': kind((host, model) => `setsockopt answers ${host}, not ${model}`, []),
  'getsockopt-code': kind((host, model) => `getsockopt answers ${host}, not ${model}`, []),
  'chosen-at-bind': kind(
    'SO_REUSE_UNICASTPORT does not put the choice of a number off to connect',
    [],
  ),
  'chosen-at-connect': kind('SO_REUSE_UNICASTPORT puts the choice of a number off to connect', []),
  'address-code': kind(
    (host, model) => `bind to an address answers ${host}, not ${model}`,
    ['A25', 'A27'],
  ),
  'wrong-family-code': kind(
    (host, model) => `an address of the other family is answered with ${host}, not ${model}`,
    ['wrongFamily'],
  ),
  'bind-code': kind((host, model) => `bind answers ${host}, not ${model}`, []),
  'name-code': kind((host, model) => `getsockname answers ${host}, not ${model}`, []),
  'listen-code': kind((host, model) => `listen answers ${host}, not ${model}`, []),
  'accept-code': kind((host, model) => `accept answers ${host}, not ${model}`, []),
  'close-code': kind((host, model) => `closesocket answers ${host}, not ${model}`, []),
  'reservation-code': kind(
    (host, model) => `port reservations answer ${host}, not ${model}`,
    ['reservations'],
  ),
} as const satisfies Record<string, DivergenceKind>;

/** A bind to a port by name is answered otherwise. */
export const NAMED_KINDS = {
  'named-shared': kind('a named port can be bound where the table of conflicts says not', [
    'bindMatrix',
  ]),
  'named-refused': kind(
    (host) => `a named port is refused (${host}) where the table of conflicts allows it`,
    ['bindMatrix'],
  ),
  'named-code': kind(
    (host, model) => `a conflict over a named port is answered with ${host}, not ${model}`,
    ['bindMatrix', 'A8'],
  ),
  'named-over-option': kind('a number held through the option can be bound by name', [
    'A7',
    'A8',
    'A9',
  ]),
  'named-off-option': kind(
    (host) => `a number held through the option can't be bound by name (${host})`,
    ['A7', 'A8', 'A9'],
  ),
  'named-in-time-wait': kind('a number in TIME_WAIT can be bound by name', [
    'timeWaitScope',
    'A21',
    'A22',
  ]),
  'named-off-time-wait': kind(
    (host) => `a number in TIME_WAIT can't be bound by name (${host})`,
    ['timeWaitScope', 'A21', 'A22'],
  ),
  'named-off-closed': kind(
    (host) =>
      `a number of closed sockets can't be bound by name (${host}): kept, or others hold it`,
    ['A22'],
  ),
  'named-over-connection': kind('the number of a connection can be bound by name', [
    'connectSource',
    'implicitConnect',
    'bindMatrix',
  ]),
  'named-off-connection': kind(
    (host) => `the number of a connection can't be bound by name (${host})`,
    ['connectSource', 'implicitConnect', 'bindMatrix'],
  ),
  'named-in-exclusion': kind(
    'a port inside an exclusion or a reserved block can be bound by name',
    ['reservations'],
  ),
  'named-refused-by-others': kind(
    (host) =>
      `a named port is refused (${host}) that nobody the lab knows of holds: another program, or an exclusion it was not told of`,
    [],
  ),
} as const satisfies Record<string, DivergenceKind>;
