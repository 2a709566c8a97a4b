import * as fc from 'fast-check';
import { SOCKET_OPTION_NAMES, type SocketOption } from '#engine/model/socket-option.ts';
import type { Family, Protocol } from '../reference/host.ts';
import { family, HOST_ADDRESSES, LOW, port, protocol } from './host-arbitrary.ts';

/** What a sequence is made of. `pick` chooses among the sockets made so far. */
export type Command =
  | { do: 'socket'; protocol: Protocol; family: Family; process: number }
  | { do: 'set'; pick: number; option: SocketOption; value: number }
  | { do: 'get'; pick: number; option: SocketOption }
  /** A socket of its own, options set and read in this order. */
  | {
      do: 'options';
      protocol: Protocol;
      family: Family;
      sets: { option: SocketOption; value: number }[];
    }
  | { do: 'bind'; pick: number; target: string; port: number }
  | { do: 'listener'; options: SocketOption[]; target: string; port: number; backlog: number }
  | { do: 'listen'; pick: number; backlog: number }
  | { do: 'connect'; pick: number; remote: Remote }
  | {
      do: 'dial';
      options: SocketOption[];
      local: string;
      port: number;
      remote: Remote;
      process: number;
    }
  /** Two sockets of SO_REUSEADDR at one place that go to one remote. */
  | { do: 'twins'; local: string; port: number; remote: Remote }
  | { do: 'accept'; pick: number }
  | { do: 'close'; pick: number; how: 'local' | 'remote' | 'abort' }
  | {
      do: 'fill';
      protocol: Protocol;
      targets: string[];
      options: SocketOption[];
      count: number;
      process: number;
    }
  | { do: 'release'; pick: number; count: number }
  | { do: 'wait'; seconds: number }
  | { do: 'exit'; process: number }
  | { do: 'reserve'; pick: number; start: number; count: number }
  | { do: 'associate'; pick: number; holder: number }
  /** A small reservation, and sockets bound from it in turn. */
  | { do: 'block'; start: number; count: number; targets: string[]; process: number }
  /** A socket of the right kind, associated with some reservation, and bound. */
  | { do: 'member'; pick: number; target: string; port: number }
  | { do: 'persistent'; pick: number; exclusion: number }
  | { do: 'persistentMember'; exclusion: number; target: string; port: number }
  | { do: 'dual'; protocol: Protocol; options: SocketOption[]; port: number; backlog: number }
  | { do: 'address'; address: string };

/** A far host, or a listener on this one; `pick` chooses it. */
export type Remote = { far: string; port: number } | { listener: number; at: string };

const TARGETS = [
  ...HOST_ADDRESSES.map(({ address }) => address),
  '0.0.0.0',
  '0.0.0.0',
  '::',
  '127.0.0.8',
  '127.0.0.9',
  '10.0.0.4',
  '10.9.9.9',
];
const IPV4_TARGETS = TARGETS.filter((address) => !address.includes(':'));

const pick = fc.nat({ max: 1_000 });
const target = fc.constantFrom(...TARGETS);
const option = fc.constantFrom(...SOCKET_OPTION_NAMES);
const process = fc.constantFrom(0, 0, 1, 2);
const remote: fc.Arbitrary<Remote> = fc.oneof(
  fc.record({
    far: fc.constantFrom('203.0.113.5', '203.0.113.5', '203.0.113.6', '2001:db8::5'),
    port: fc.constantFrom(443, 443, 443, 80),
  }),
  fc.record({
    listener: pick,
    at: fc.constantFrom('10.0.0.1', '10.0.0.2', '127.0.0.9', 'fd00::1'),
  }),
);
/** Among few numbers, so that they collide. */
const fewPorts = fc.integer({ min: LOW + 8, max: LOW + 11 });

const maybePort = fc.oneof(fc.constant(0), fewPorts);

const weighted: readonly (readonly [number, fc.Arbitrary<Command>])[] = [
  [4, fc.record({ do: fc.constant('socket'), protocol, family, process })],
  [
    3,
    fc.record({
      do: fc.constant('set'),
      pick,
      option,
      value: fc.constantFrom(0, 1, 1, 1, 7),
    }),
  ],
  [1, fc.record({ do: fc.constant('get'), pick, option })],
  [
    1,
    fc.record({
      do: fc.constant('options'),
      protocol,
      family,
      sets: fc.array(fc.record({ option, value: fc.constantFrom(0, 1, 1, 7) }), { maxLength: 6 }),
    }),
  ],
  [6, fc.record({ do: fc.constant('bind'), pick, target, port: fc.constant(0) })],
  [4, fc.record({ do: fc.constant('bind'), pick, target, port })],
  [
    4,
    fc.record({
      do: fc.constant('listener'),
      options: fc.constantFrom<SocketOption[]>([], ['SO_REUSEADDR'], ['SO_EXCLUSIVEADDRUSE']),
      target: fc.constantFrom('0.0.0.0', '0.0.0.0', '10.0.0.1', '10.0.0.2', '::', 'fd00::1'),
      port: fewPorts,
      backlog: fc.integer({ min: 1, max: 3 }),
    }),
  ],
  [1, fc.record({ do: fc.constant('listen'), pick, backlog: fc.integer({ min: 1, max: 3 }) })],
  [4, fc.record({ do: fc.constant('connect'), pick, remote })],
  [
    5,
    fc.record({
      do: fc.constant('dial'),
      options: fc.constantFrom<SocketOption[]>(
        [],
        ['SO_REUSE_UNICASTPORT'],
        ['SO_PORT_SCALABILITY'],
        ['SO_REUSEADDR'],
      ),
      local: fc.constantFrom('', '', '0.0.0.0', '10.0.0.1', '10.0.0.2'),
      port: fc.oneof(fc.constant(0), fewPorts),
      remote,
      process,
    }),
  ],
  [
    2,
    fc.record({
      do: fc.constant('twins'),
      local: fc.constantFrom('0.0.0.0', '10.0.0.1'),
      port: fewPorts,
      remote,
    }),
  ],
  [4, fc.record({ do: fc.constant('accept'), pick })],
  [
    4,
    fc.record({
      do: fc.constant('close'),
      pick,
      how: fc.constantFrom('local', 'local', 'remote', 'abort'),
    }),
  ],
  [
    3,
    fc.record({
      do: fc.constant('fill'),
      protocol,
      targets: fc.array(fc.constantFrom(...IPV4_TARGETS), { minLength: 1, maxLength: 3 }),
      options: fc.oneof(
        fc.constant<SocketOption[]>(['SO_PORT_SCALABILITY']),
        fc.uniqueArray(option, { maxLength: 2 }),
      ),
      count: fc.integer({ min: 1, max: 24 }),
      process,
    }),
  ],
  [2, fc.record({ do: fc.constant('release'), pick, count: fc.integer({ min: 1, max: 40 }) })],
  [
    2,
    fc.record({
      do: fc.constant('wait'),
      seconds: fc.constantFrom(0, 1, 2, 3, 30, 60, 119, 120, 240),
    }),
  ],
  [1, fc.record({ do: fc.constant('exit'), process: fc.constantFrom(0, 1, 1, 2, 2) })],
  [
    2,
    fc.record({
      do: fc.constant('reserve'),
      pick,
      start: fc.oneof(fc.constant(0), port),
      count: fc.constantFrom(1, 2, 3, 4, 8, 21, 65_535),
    }),
  ],
  [2, fc.record({ do: fc.constant('associate'), pick, holder: pick })],
  [
    2,
    fc.record({
      do: fc.constant('block'),
      start: fc.oneof(fc.constant(0), port),
      count: fc.integer({ min: 1, max: 3 }),
      targets: fc.array(fc.constantFrom('10.0.0.1', '10.0.0.2', '0.0.0.0'), {
        minLength: 2,
        maxLength: 5,
      }),
      process,
    }),
  ],
  [3, fc.record({ do: fc.constant('member'), pick, target, port: maybePort })],
  [
    1,
    fc.record({
      do: fc.constant('persistentMember'),
      exclusion: fc.nat({ max: 3 }),
      target,
      port: maybePort,
    }),
  ],
  [
    2,
    fc.record({
      do: fc.constant('dual'),
      protocol,
      options: fc.constantFrom<SocketOption[]>(
        [],
        [],
        ['SO_REUSEADDR'],
        ['SO_EXCLUSIVEADDRUSE'],
        ['SO_PORT_SCALABILITY'],
        ['SO_REUSE_UNICASTPORT'],
      ),
      port: maybePort,
      backlog: fc.integer({ min: 0, max: 2 }),
    }),
  ],
  [1, fc.record({ do: fc.constant('persistent'), pick, exclusion: fc.nat({ max: 5 }) })],
  [
    1,
    fc.record({
      do: fc.constant('address'),
      address: fc.constantFrom('10.0.0.4', '10.0.0.4', '10.0.0.1', 'fd00::2'),
    }),
  ],
];

export const commandsArbitrary: fc.Arbitrary<Command[]> = fc.array(
  fc.oneof(...weighted.map(([weight, arbitrary]) => ({ weight, arbitrary }))),
  { minLength: 1, maxLength: 60, size: 'max' },
);
