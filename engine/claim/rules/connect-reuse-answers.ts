import { describeCode } from '../../model/winsock-error.ts';
import { count } from '../../model/words.ts';
import type { Answered } from '../experiment-rules.ts';
import type {
  ConnectArm,
  ConnectReuseEvidence,
  ConnectWay,
  OverlapSweep,
  SourceSweep,
  Tries,
} from './connect-reuse-evidence.ts';

/** Share of the dynamic range's other numbers a sweep must have met. */
const COVERED = 0.9;
/** Numbers the two ranges must have in common for a sweep to miss them by no accident. */
const COMMON_LEAST = 8;
/** Numbers of each kind for a sweep to miss all of one kind by no accident, where it met most of another. */
const SOURCE_LEAST = 6;

export function armOf(
  { arms }: Pick<ConnectReuseEvidence, 'arms'>,
  way: ConnectWay,
): ConnectArm | undefined {
  return arms.find((arm) => arm.way === way);
}

/** `64 connections used 56 local numbers`. */
export function used({ connections, distinct }: ConnectArm): string {
  return `${count(connections, 'connection')} used ${count(distinct, 'local number')}`;
}

/** What connections say of the open questions. */
export function connectAnswers(own: ConnectReuseEvidence): readonly Answered[] {
  return [
    ...implicitConnect(own),
    ...connectSource(own),
    ...tupleInUse(own),
    ...autoReuseOverlap(own.overlap),
  ];
}

function all({ tried, succeeded }: Tries): boolean {
  return tried >= 2 && succeeded === tried;
}

function none({ tried, succeeded }: Tries): boolean {
  return tried >= 2 && succeeded === 0;
}

/** Whether a number that connect chose stands in the way of explicit binds, as one bound before does. */
export function implicitConnect(
  own: Pick<ConnectReuseEvidence, 'arms' | 'unboundSeen' | 'boundSeen'>,
): Answered[] {
  const { unboundSeen, boundSeen } = own;
  const unbound = armOf(own, 'unbound');
  const unicast = armOf(own, 'unicast');
  // The control: what was bound on the address can't be bound there a second time.
  if (unbound === undefined || unicast === undefined || !none(boundSeen.here)) return [];
  const { here, everywhere } = unboundSeen;
  if (unbound.shared > 0 && unicast.deferred === 0) {
    return [
      {
        id: 'implicitConnect',
        value: 'per-tuple',
        because: `${used(unbound)} when connect chose them, although SO_REUSE_UNICASTPORT put nothing off to connect`,
      },
    ];
  }
  if (all(here) && all(everywhere)) {
    return [
      {
        id: 'implicitConnect',
        value: 'per-tuple',
        because:
          'the number of a connection that connect chose could be bound by name, on its address and on the wildcard address; one that was bound before connect could not',
      },
    ];
  }
  if (!none(here) && !none(everywhere)) return [];
  return [
    {
      id: 'implicitConnect',
      value: 'as-unicast-port',
      because: `the numbers of unbound connects are held like others (${used(unbound)}, with SO_REUSE_UNICASTPORT ${unicast.distinct})`,
    },
  ];
}

/** Whether a wildcard-address socket that connected is in the way where it was before. */
function connectSource(own: ConnectReuseEvidence): Answered[] {
  // Where explicit binds don't see what connect chose (Linux, and so Wine), they don't tell this either.
  return implicitConnect(own)[0]?.value === 'as-unicast-port'
    ? sourceByName(own)
    : sourceBySweep(own.source);
}

function sourceByName({
  wildcardBefore,
  wildcardAfter,
  boundSeen,
}: ConnectReuseEvidence): Answered[] {
  // Controls: a wildcard-address holder is in the way, a holder on one address is not.
  if (!none(wildcardBefore) || !all(boundSeen.everywhere)) return [];
  if (none(wildcardAfter)) {
    return [
      {
        id: 'connectSource',
        value: 'stays-wildcard',
        because: `after connect the number of a wildcard-address socket still could not be bound there, ${wildcardAfter.tried} of ${wildcardAfter.tried} times`,
      },
    ];
  }
  if (!all(wildcardAfter)) return [];
  return [
    {
      id: 'connectSource',
      value: 'routed',
      because: `once a wildcard-address socket had connected, its number could be bound on the wildcard address, ${wildcardAfter.tried} of ${wildcardAfter.tried} times`,
    },
  ];
}

/**
 * By wildcard binds on two addresses. Controls: numbers held on the one came up on the other, so this
 * host gives a number again wherever it isn't held; those of wildcard-address sockets did not.
 */
function sourceBySweep(source: SourceSweep | null): Answered[] {
  if (source === null) return [];
  const { connected, bound, elsewhere, wentRound } = source;
  if (!wentRound || Math.min(connected.tried, bound.tried, elsewhere.tried) < SOURCE_LEAST)
    return [];
  if (bound.succeeded > 0) return [];
  const control = `numbers held on one address came up on the other, ${elsewhere.succeeded} of ${elsewhere.tried}, those of wildcard-address sockets that had not connected did not`;
  if (connected.succeeded === 0) {
    return [
      {
        id: 'connectSource',
        value: 'stays-wildcard',
        because: `none of the numbers of ${count(connected.tried, 'wildcard-address socket')} that had connected came up on either address; ${control}`,
      },
    ];
  }
  if (connected.succeeded < connected.tried / 2) return [];
  return [
    {
      id: 'connectSource',
      value: 'routed',
      because: `numbers of wildcard-address sockets came up again once these had connected, ${connected.succeeded} of ${connected.tried}; ${control}`,
    },
  ];
}

function tupleInUse({ repeats }: ConnectReuseEvidence): Answered[] {
  const seen = repeats.filter(({ elsewhere }) => elsewhere);
  const value = (['10048', '10049'] as const).find((one) =>
    seen.every(({ code }) => code === Number(one)),
  );
  if (seen.length < 2 || value === undefined) return [];
  return [
    {
      id: 'tupleInUse',
      value,
      because: `connecting a second socket of the same local end to the same remote gave ${describeCode(Number(value))}, ${seen.length} times; to another remote it connected`,
    },
  ];
}

function autoReuseOverlap(overlap: OverlapSweep | null): Answered[] {
  if (overlap === null) return [];
  const { common, swept, inside, outside, outsideFree, cameRound } = overlap;
  if (inside > 0) {
    return [
      {
        id: 'A26',
        value: 'overlaps',
        because: `a bind without options got a number of the auto-reuse range within ${count(swept, 'bind')}`,
      },
    ];
  }
  if (!cameRound || common < COMMON_LEAST || outside < outsideFree * COVERED) return [];
  return [
    {
      id: 'A26',
      value: 'kept-out',
      because: `none of the ${count(common, 'number')} both ranges have came up in ${count(swept, 'bind')} without options, ${outside} of the other numbers did`,
    },
  ];
}
