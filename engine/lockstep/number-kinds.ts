import { type DivergenceKind, kind } from './kind.ts';

/** A wildcard-port bind got a number that the model forbids. */
export const GIVEN_KINDS = {
  'per-address-without-option': kind('numbers are shared across addresses without any option', [
    'PS-1',
  ]),
  'option-less-over-option': kind(
    'sockets without the option get numbers that are held through SO_PORT_SCALABILITY',
    ['A3'],
  ),
  'option-over-option-less': kind(
    'sockets with SO_PORT_SCALABILITY get numbers that sockets without it hold on other addresses',
    ['A2'],
  ),
  'option-honoured': kind(
    'sockets with SO_PORT_SCALABILITY get numbers held on other addresses, where the model says it does nothing',
    ['A1'],
  ),
  'option-honoured-udp': kind('SO_PORT_SCALABILITY shares numbers over UDP', ['A12', 'A1']),
  'option-honoured-ipv6': kind('SO_PORT_SCALABILITY shares numbers over IPv6', ['A13', 'A1']),
  'option-honoured-on-wildcard': kind(
    'SO_PORT_SCALABILITY shares numbers with the wildcard address',
    ['A6', 'A1'],
  ),
  'late-option-works': kind(
    'numbers of sockets whose SO_PORT_SCALABILITY came after bind are shared',
    ['PS-6', 'A2'],
  ),
  'shared-on-one-adapter': kind('addresses of one adapter share numbers through the option', [
    'A28',
  ]),
  'shared-on-loopback': kind('loopback addresses share numbers through the option', ['A27']),
  'shared-across-processes': kind('processes share numbers through the option', ['A4']),
  'over-named-port': kind(
    'wildcard-port binds get numbers that a bind by name holds on another address',
    ['A10'],
  ),
  'over-wildcard-address': kind(
    'wildcard-port binds get numbers that a socket on the wildcard address holds',
    ['A11'],
  ),
  'over-connected-wildcard': kind('a connected socket frees its number on the other addresses', [
    'connectSource',
  ]),
  'over-connection': kind('wildcard-port binds get numbers that were chosen at connect', [
    'A3',
    'implicitConnect',
    'A26',
  ]),
  'same-place-twice': kind('one number of one address is given twice', []),
  'time-wait-reused': kind('numbers of closed connections are given again before the model would', [
    'A21',
    'timeWaitScope',
    'A22',
  ]),
  'excluded-number': kind('wildcard-port binds get excluded numbers', ['A29']),
  'auto-reuse-number': kind('wildcard-port binds get numbers of the auto-reuse range', ['A26']),
  'outside-range': kind('wildcard-port binds get numbers outside the dynamic range', []),
  'reserved-number': kind('wildcard-port binds get numbers of a reserved block', ['reservations']),
  'outside-block': kind('sockets of a reservation get numbers the model would not give from it', [
    'reservationScope',
    'reservations',
  ]),
  'over-others': kind('numbers that other applications of the profile hold are given', []),
  'unexplained-number': kind('numbers are given that the model forbids', []),
} as const satisfies Record<string, DivergenceKind>;

/** It got none, though the model has some. */
export const REFUSED_KINDS = {
  'option-does-not-share': kind('addresses do not share numbers through SO_PORT_SCALABILITY', [
    'A1',
    'A28',
    'A27',
  ]),
  'option-does-not-share-udp': kind('SO_PORT_SCALABILITY shares nothing over UDP', [
    'A12',
    'A1',
    'A28',
  ]),
  'option-does-not-share-ipv6': kind('SO_PORT_SCALABILITY shares nothing over IPv6', [
    'A13',
    'A1',
    'A28',
  ]),
  'option-does-not-share-on-wildcard': kind(
    'SO_PORT_SCALABILITY shares nothing on the wildcard address',
    ['A6'],
  ),
  'option-does-not-share-processes': kind(
    'processes do not share numbers through SO_PORT_SCALABILITY',
    ['A4', 'A1'],
  ),
  'option-keeps-off-option-less': kind(
    'sockets with SO_PORT_SCALABILITY do not get numbers that sockets without it hold elsewhere',
    ['A2', 'PS-6'],
  ),
  'late-option-without-effect': kind('SO_PORT_SCALABILITY set after bind has no effect', [
    'PS-6',
    'A2',
  ]),
  'one-range-for-all': kind('all addresses together get one range without the option', ['PS-1']),
  'option-less-keep-off-option': kind(
    'sockets without the option do not get numbers held through SO_PORT_SCALABILITY',
    ['A3', 'PS-1'],
  ),
  'keeps-off-named-port': kind(
    'wildcard-port binds keep off numbers that a bind by name holds on another address',
    ['A10', 'PS-1'],
  ),
  'keeps-off-wildcard-address': kind(
    'wildcard-port binds keep off numbers held on the wildcard address',
    ['A11'],
  ),
  'keeps-off-connection': kind('wildcard-port binds keep off numbers that were chosen at connect', [
    'A3',
    'implicitConnect',
    'A26',
    'connectSource',
  ]),
  'keeps-off-time-wait': kind('numbers of closed connections stay unavailable longer', [
    'A21',
    'timeWaitScope',
  ]),
  'keeps-off-closed': kind(
    'numbers of closed sockets stay unavailable for a while, or others hold them',
    ['A22'],
  ),
  'keeps-off-excluded': kind('wildcard-port binds with the option keep off excluded numbers', [
    'A29',
  ]),
  'keeps-off-auto-reuse': kind('wildcard-port binds keep off the auto-reuse range', ['A26']),
  'block-used-up': kind('a reserved block gives fewer numbers', [
    'reservationScope',
    'reservations',
  ]),
  'full-while-free': kind(
    'no number is given though nobody the lab knows of is in the way: other programs hold them, or memory is out',
    [],
  ),
} as const satisfies Record<string, DivergenceKind>;
