import type { ReferenceHost } from '../reference/host.ts';
import type { Command } from './commands.ts';
import { HOST_ADDRESSES } from './host-arbitrary.ts';
import type { Sequence } from './sequence.ts';

const ONE = { start: 50_004, count: 1 } as const;

function sequence(host: Partial<ReferenceHost>, commands: readonly Command[]): Sequence {
  return {
    host: {
      ranges: { 'tcp/ipv4': ONE, 'tcp/ipv6': ONE, 'udp/ipv4': ONE, 'udp/ipv6': ONE },
      exclusions: [],
      autoReuse: { start: 0, count: 0 },
      addresses: HOST_ADDRESSES,
      others: [],
      switches: {},
      ...host,
    },
    picks: {},
    seed: 1,
    commands,
  };
}

const fill = (target: string, options: Extract<Command, { do: 'fill' }>['options']): Command => ({
  do: 'fill',
  protocol: 'tcp',
  targets: [target],
  options,
  count: 2,
  process: 0,
});

const dial = (remote: Extract<Command, { do: 'dial' }>['remote']): Command => ({
  do: 'dial',
  options: [],
  local: '',
  port: 0,
  remote,
  process: 0,
});

const named = (target: string, port: number): Command => ({
  do: 'listener',
  options: [],
  target,
  port,
  backlog: 1,
});

/** Where random sequences once found the engine and the rules at odds. */
export const FOUND: readonly { readonly name: string; readonly sequence: Sequence }[] = [
  {
    name: 'a dual-stack connect from the auto-reuse range holds the number for IPv4 too',
    sequence: sequence({ autoReuse: { start: 50_011, count: 2 } }, [
      { do: 'socket', protocol: 'tcp', family: 'ipv6', process: 0 },
      { do: 'set', pick: 0, option: 'IPV6_V6ONLY', value: 0 },
      { do: 'connect', pick: 0, remote: { far: '2001:db8::5', port: 443 } },
      named('0.0.0.0', 50_011),
      named('0.0.0.0', 50_012),
    ]),
  },
  {
    name: 'a dual-stack connect keeps out of what is excluded for IPv4',
    sequence: sequence(
      {
        autoReuse: { start: 50_005, count: 1 },
        exclusions: [
          { protocol: 'tcp', family: 'ipv4', start: 50_005, count: 4, administered: false },
        ],
      },
      [
        { do: 'socket', protocol: 'tcp', family: 'ipv6', process: 0 },
        { do: 'set', pick: 0, option: 'IPV6_V6ONLY', value: 0 },
        { do: 'connect', pick: 0, remote: { far: '2001:db8::5', port: 443 } },
      ],
    ),
  },
  {
    name: 'a pool emptied by a named port is not starved by the option',
    sequence: sequence({ switches: { A14: 'wine' } }, [
      named('10.0.0.2', 50_004),
      fill('10.0.0.1', []),
    ]),
  },
  {
    name: 'nor is one emptied by option-less sockets that option sockets may meet',
    sequence: sequence({ switches: { A14: 'wine', A2: 'allowed' } }, [fill('10.0.0.1', [])]),
  },
  {
    name: 'option-less sockets with a range each keep out of exclusions that spare the option',
    sequence: sequence(
      {
        switches: { 'PS-1': 'per-address', A29: 'option-less' },
        exclusions: [
          { protocol: 'tcp', family: 'ipv4', start: 50_002, count: 3, administered: false },
        ],
      },
      [fill('10.0.0.1', [])],
    ),
  },
  {
    name: 'option sockets skip numbers of option-less ones that have a range each',
    sequence: sequence({ switches: { 'PS-1': 'per-address' } }, [
      { ...fill('10.0.0.1', []), count: 1 } as Command,
      fill('10.0.0.3', ['SO_PORT_SCALABILITY']),
    ]),
  },
  {
    name: 'an exhausted auto-reuse range is told before a full backlog',
    sequence: sequence({ autoReuse: { start: 50_000, count: 1 } }, [
      named('10.0.0.1', 50_012),
      dial({ listener: 0, at: '10.0.0.1' }),
      dial({ listener: 0, at: '10.0.0.1' }),
    ]),
  },
  {
    name: 'an address that is still being checked for duplicates can be removed',
    sequence: sequence({ switches: { A25: 'after-duplicate-detection' } }, [
      { do: 'address', address: '10.0.0.4' },
      { do: 'address', address: '10.0.0.4' },
      { do: 'wait', seconds: 3 },
      named('10.0.0.4', 50_012),
    ]),
  },
  {
    name: 'numbers held on one address are not free on all, whoever may still get them',
    sequence: sequence({ switches: { A3: 'allowed', A10: 'none' } }, [
      named('10.0.0.1', 50_004),
      fill('10.0.0.2', ['SO_PORT_SCALABILITY']),
    ]),
  },
  {
    name: 'a reservation outside the range leaves nothing behind for option-less sockets',
    sequence: sequence({ switches: { 'PS-1': 'per-address' } }, [
      { do: 'socket', protocol: 'tcp', family: 'ipv4', process: 0 },
      { do: 'reserve', pick: 0, start: 50_002, count: 1 },
      { do: 'close', pick: 0, how: 'local' },
      fill('10.0.0.1', []),
    ]),
  },
  {
    name: 'a connect picks for the wildcard address, and moves where routing says afterwards',
    sequence: sequence(
      { switches: { connectSource: 'routed' }, autoReuse: { start: 50_012, count: 1 } },
      [named('10.0.0.2', 50_012), dial({ far: '203.0.113.5', port: 443 })],
    ),
  },
  {
    name: 'an option holder on the wildcard address is none on another specific one',
    sequence: sequence({ switches: { A6: 'as-option', A7: 'blocked' } }, [
      fill('0.0.0.0', ['SO_PORT_SCALABILITY']),
      named('10.0.0.1', 50_004),
    ]),
  },
  {
    name: 'a pick by 4-tuple skips numbers the other family holds outside its own range',
    sequence: sequence(
      {
        switches: { implicitConnect: 'per-tuple' },
        ranges: {
          'tcp/ipv4': ONE,
          'tcp/ipv6': { start: 50_013, count: 1 },
          'udp/ipv4': ONE,
          'udp/ipv6': ONE,
        },
      },
      [named('0.0.0.0', 50_013), dial({ far: '2001:db8::5', port: 443 })],
    ),
  },
  {
    name: 'binds that look through TIME_WAIT look through that of the auto-reuse range',
    sequence: sequence(
      {
        switches: { timeWaitScope: 'wildcard-port' },
        autoReuse: { start: 50_015, count: 1 },
      },
      [
        dial({ far: '2001:db8::5', port: 443 }),
        { do: 'close', pick: 0, how: 'local' },
        named('::', 50_015),
      ],
    ),
  },
  {
    name: 'an address that comes back is of the adapter it comes back on',
    sequence: sequence({ switches: { A28: 'not-shared' } }, [
      { do: 'address', address: '10.0.0.1' },
      { do: 'address', address: '10.0.0.1' },
      fill('10.0.0.3', ['SO_PORT_SCALABILITY']),
      fill('10.0.0.1', ['SO_PORT_SCALABILITY']),
    ]),
  },
  {
    name: 'a named port that bars the wildcard address only is not starvation by the option either',
    sequence: sequence({ switches: { A14: 'wine', A10: 'none' } }, [
      named('10.0.0.1', 50_004),
      dial({ far: '203.0.113.5', port: 443 }),
    ]),
  },
  {
    name: 'what holds for unbound connects by 4-tuple is no matter to those from a bound address',
    sequence: sequence(
      {
        switches: { implicitConnect: 'per-tuple' },
        autoReuse: { start: 50_012, count: 1 },
      },
      [
        named('10.0.0.1', 50_012),
        {
          ...dial({ far: '203.0.113.5', port: 443 }),
          options: ['SO_REUSE_UNICASTPORT'],
          local: '10.0.0.2',
        } as Command,
      ],
    ),
  },
];
