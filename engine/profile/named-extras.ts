import type { AssumptionDefinition } from './assumption-definition.ts';

/**
 * Switches beyond A1 to A30, known by their names: what editions, updates and Wine do differently,
 * and what the engine had to decide where the open questions are silent.
 */
export const NAMED_EXTRAS = {
  bindMatrix: {
    name: 'bindMatrix',
    about: 'Which table of explicit-bind conflicts holds',
    values: ['doc-2021', 'wine-8'],
    mark: 'D',
    source: 'Microsoft, "Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE", text of 2021, same user',
  },
  unicastPort: {
    name: 'unicastPort',
    about: 'Is SO_REUSE_UNICASTPORT known (else setsockopt answers 10042)?',
    values: ['known', 'unknown-option'],
    mark: 'D',
    source: 'SOL_SOCKET options table; KB3149157 and KB3014399 add it to Windows 8 to 8.1',
  },
  randomizeWithUnicast: {
    name: 'randomizeWithUnicast',
    about: 'SO_RANDOMIZE_PORT after SO_REUSE_UNICASTPORT: 10022, or accepted',
    values: ['second-fails', 'accepted'],
    mark: 'D',
    source: 'Microsoft, SOL_SOCKET options; Wine accepts and ignores both',
  },
  implicitConnect: {
    name: 'implicitConnect',
    about:
      'connect on an unbound socket: as if SO_REUSE_UNICASTPORT were set, or by 4-tuple in the dynamic range',
    values: ['as-unicast-port', 'per-tuple'],
    mark: 'D',
    source: 'Microsoft, SOL_SOCKET options; Linux, and so Wine, chooses by 4-tuple',
  },
  timeWaitScope: {
    name: 'timeWaitScope',
    about:
      'In TIME_WAIT the port is held, or only the 4-tuple is (a connect then answers 10048, event 4227), or the port is, but not against explicit binds (Wine)',
    values: ['port', 'tuple', 'wildcard-port'],
    mark: 'O',
    source: 'event 4227 exists: an allocator has given such ports out (hotfix article, 2008 SP2)',
  },
  reservations: {
    name: 'reservations',
    about: 'SIO_ACQUIRE_PORT_RESERVATION works, or answers 10045',
    values: ['supported', 'unsupported'],
    mark: 'D',
    source: 'Microsoft, SIO_ACQUIRE_PORT_RESERVATION (Vista and 2008); Wine answers 10045',
  },
  reservationScope: {
    name: 'reservationScope',
    about: 'A number of a reserved block can be given once an address, or once on the host',
    values: ['per-address', 'host-wide'],
    mark: 'I',
    source: 'undocumented; different specific addresses never conflict',
  },
  tupleInUse: {
    name: 'tupleInUse',
    about: 'Code of a connect that would repeat a 4-tuple',
    values: ['10048', '10049'],
    mark: 'D',
    source: 'Microsoft, connect: WSAEADDRINUSE; Wine passes on what Linux says',
  },
  connectSource: {
    name: 'connectSource',
    about:
      'A wildcard-address socket stays one after connect, or moves to the address routing gives it',
    values: ['stays-wildcard', 'routed'],
    mark: 'I',
    source: 'undocumented for ports; Linux, and so Wine, moves the socket and frees the others',
  },
  wrongFamily: {
    name: 'wrongFamily',
    about: 'Code of an address of the other family at bind and connect',
    values: ['10014', 'wine'],
    mark: 'D',
    source: 'Microsoft, bind: WSAEFAULT; Wine answers 10045, and 10022 on an IPv6 socket',
  },
} as const satisfies Record<string, AssumptionDefinition>;
