import { HOST_ADDRESSES } from '../allocator/model/host-arbitrary.ts';
import type { Sequence } from '../allocator/model/sequence.ts';

const ONE = { start: 50_004, count: 1 } as const;
const RANGES = { 'tcp/ipv4': ONE, 'tcp/ipv6': ONE, 'udp/ipv4': ONE, 'udp/ipv6': ONE };

function sequence(
  host: Partial<Sequence['host']>,
  seed: number,
  commands: Sequence['commands'],
): Sequence {
  return {
    host: {
      ranges: RANGES,
      exclusions: [],
      autoReuse: { start: 0, count: 0 },
      addresses: HOST_ADDRESSES,
      others: [],
      switches: {},
      ...host,
    },
    picks: {},
    seed,
    commands,
  };
}

const dial = { do: 'dial', options: [], local: '', port: 0, process: 0 } as const;

/** Where random sequences once made a model differ from itself. */
export const FOUND: readonly Sequence[] = [
  // Whether a connect repeats a connection in TIME_WAIT hangs on the number it gets on the way.
  sequence(
    {
      ranges: { ...RANGES, 'tcp/ipv6': { start: 50_004, count: 3 } },
      switches: { timeWaitScope: 'tuple' },
    },
    108_471_996,
    [
      { ...dial, options: [], remote: { listener: 0, at: 'fd00::1' } },
      { ...dial, options: [], remote: { far: '2001:db8::5', port: 443 } },
      { do: 'exit', process: 0 },
      { ...dial, options: [], remote: { listener: 0, at: 'fd00::1' } },
    ],
  ),
  // A connect that is refused leaves a number behind, which is no number of the socket's block.
  sequence({ ranges: { ...RANGES, 'tcp/ipv4': { start: 50_004, count: 3 } } }, 804_945_924, [
    { do: 'listener', options: [], target: '0.0.0.0', port: 50_012, backlog: 1 },
    {
      do: 'block',
      start: 0,
      count: 1,
      targets: ['10.0.0.1', '10.0.0.1', '10.0.0.1', '10.0.0.1'],
      process: 0,
    },
    { do: 'twins', local: '0.0.0.0', port: 50_013, remote: { listener: 0, at: '10.0.0.1' } },
    { do: 'connect', pick: 43, remote: { listener: 0, at: '10.0.0.1' } },
  ]),
];
