import { describeCode, WSA } from '../../model/winsock-error.ts';
import { count } from '../../model/words.ts';
import type { ClaimId } from '../claims.ts';
import type { Settled } from '../evidence.ts';
import type { Answered } from '../experiment-rules.ts';
import { bothArms, ranOutOfPorts, type OfCapacity } from './capacity-arms.ts';

/** What filling up says of the open questions. @param settled how its claims came out */
export function capacityAnswers(
  evidence: OfCapacity,
  settled: (id: ClaimId) => Settled | null | undefined,
): Answered[] {
  return [
    ...oneRange(settled('PS-1')),
    ...honoured(evidence, settled('PS-2')),
    ...exhaustionError(evidence),
    ...reservations(evidence),
  ];
}

function oneRange(ps1: Settled | null | undefined): Answered[] {
  if (ps1?.outcome === 'confirmed') {
    return [{ id: 'PS-1', value: 'one-range', because: ps1.because }];
  }
  if (ps1?.outcome === 'refuted') {
    return [{ id: 'PS-1', value: 'per-address', because: ps1.because }];
  }
  return [];
}

/**
 * That the option works is definite. That it does not could lie with these addresses (of one adapter,
 * or loopback) and not with the host, so nothing is said then.
 */
function honoured(evidence: OfCapacity, ps2: Settled | null | undefined): Answered[] {
  const { option } = bothArms(evidence);
  if (option.optionCode !== null) {
    return [
      {
        id: 'A1',
        value: 'refused',
        because: `setsockopt of SO_PORT_SCALABILITY answers ${describeCode(option.optionCode)}`,
      },
    ];
  }
  if (ps2?.outcome !== 'confirmed') return [];
  const { because } = ps2;
  return [
    { id: 'A1', value: 'honoured', because },
    ...(evidence.protocol === 'udp' ? [{ id: 'A12', value: 'as-tcp', because } as const] : []),
    ...(evidence.family === 'ipv6' ? [{ id: 'A13', value: 'as-ipv4', because } as const] : []),
  ];
}

/**
 * A14. Told by the arm with the option: what the other one answers may be the code of starvation
 * (A15), where other programs hold numbers through the option.
 */
function exhaustionError(evidence: OfCapacity): Answered[] {
  const { legacy, option } = bothArms(evidence);
  const { bindCode } = option;
  if (!ranOutOfPorts(option, evidence) || bindCode === null) return [];
  const value = bindCode === WSA.WSAENOBUFS ? '10055' : 'wine';
  const expected = value === 'wine' ? WSA.WSAEADDRNOTAVAIL : WSA.WSAENOBUFS;
  const { connectCode } = legacy;
  const alike = legacy.bindCode === bindCode && connectCode !== null;
  if (alike && connectCode !== expected) return [];
  const connect = alike ? `, connect ${describeCode(connectCode)}` : '';
  return [
    {
      id: 'A14',
      value,
      because: `after ${count(option.bound, 'port')} bind gave ${describeCode(bindCode)}${connect}, for want of ports and not of memory`,
    },
  ];
}

function reservations({ own }: OfCapacity): Answered[] {
  const pool = own?.pool;
  if (pool === undefined || pool === null) return [];
  if (pool.reserveCode === WSA.WSAEOPNOTSUPP) {
    return [
      {
        id: 'reservations',
        value: 'unsupported',
        because: `SIO_ACQUIRE_PORT_RESERVATION answers ${describeCode(pool.reserveCode)}`,
      },
    ];
  }
  if (pool.reserveCode !== 0 || pool.way !== 'reservation') return [];
  const works: Answered = {
    id: 'reservations',
    value: 'supported',
    because:
      'SIO_ACQUIRE_PORT_RESERVATION gave blocks, and sockets associated with them got their numbers',
  };
  if (pool.acrossAddresses === null) return [works];
  return [
    works,
    pool.acrossAddresses
      ? {
          id: 'reservationScope',
          value: 'per-address',
          because: 'every number of a block could be bound on a second address too',
        }
      : {
          id: 'reservationScope',
          value: 'host-wide',
          because: 'with a block’s numbers bound on one address, none was left of it on the second',
        },
  ];
}
