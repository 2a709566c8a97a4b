import { describeCode } from '../../model/winsock-error.ts';
import { count } from '../../model/words.ts';
import type { Evidence, Settled } from '../evidence.ts';
import type { Answered, ExperimentRules, OutcomeOf } from '../experiment-rules.ts';
import type { ConnectArm, ConnectWay, OverlapSweep, Tries } from './connect-reuse-evidence.ts';

type OfConnectReuse = Evidence<'connect-reuse'>;

/**
 * How connections settle what sharing numbers by 4-tuple gains. A number that serves two remotes at
 * once is definite; that none did says something only where bind gave the number at once, because a
 * choice put off to connect may miss repeats in a wide range by chance.
 */
export const CONNECT_REUSE_RULES: ExperimentRules<'connect-reuse'> = {
  claims: { 'prefer-unicast': settlePreferUnicast },
  answers,
  sentence,
};

/** Connections an arm needs to say that its way shares nothing. */
const FEW = 8;
/** Share of the dynamic range's other numbers a sweep must have met. */
const COVERED = 0.9;
/** Numbers the two ranges must have in common for a sweep to miss them by no accident. */
const COMMON_LEAST = 8;

function armOf({ own }: OfConnectReuse, way: ConnectWay): ConnectArm | undefined {
  return own.arms.find((arm) => arm.way === way);
}

function inconclusive(because: string): Settled {
  return { outcome: 'inconclusive', because };
}

function settlePreferUnicast(evidence: OfConnectReuse): Settled {
  const [unicast, before, after] = [
    armOf(evidence, 'unicast'),
    armOf(evidence, 'bind'),
    armOf(evidence, 'bind-again'),
  ];
  if (unicast === undefined || before === undefined || after === undefined) {
    return inconclusive('an arm is missing: the run ended before it');
  }
  if (unicast.optionCode !== 0) {
    return inconclusive(
      `setsockopt of SO_REUSE_UNICASTPORT answered ${describeCode(unicast.optionCode)}: this host does not have both options to choose from`,
    );
  }
  if (before.shared + after.shared > 0) {
    return inconclusive(
      'connections of sockets without any option shared local numbers too, so sharing with the option proves nothing',
    );
  }
  if (Math.min(before.connections, after.connections) < FEW) {
    return inconclusive(
      `the control got only ${count(Math.min(before.connections, after.connections), 'connection')}`,
    );
  }
  if (unicast.shared > 0) {
    return {
      outcome: 'confirmed',
      because: `${used(unicast)} with SO_REUSE_UNICASTPORT; without it ${used(before)}`,
    };
  }
  if (unicast.connections < FEW) {
    return inconclusive(
      `only ${count(unicast.connections, 'connection')} came about with SO_REUSE_UNICASTPORT`,
    );
  }
  if (unicast.deferred > 0) {
    return inconclusive(
      `with SO_REUSE_UNICASTPORT the number is chosen at connect, but none of ${unicast.connections} came up twice, maybe by chance; try more: --set connections=100`,
    );
  }
  return {
    outcome: 'refuted',
    because: `empty auto-reuse range: the preferred option gains nothing here (${used(unicast)}, each given at bind); an administrator can set a range with Set-NetTCPSetting`,
  };
}

function used({ connections, distinct }: ConnectArm): string {
  return `${count(connections, 'connection')} used ${count(distinct, 'local number')}`;
}

function answers(evidence: OfConnectReuse): readonly Answered[] {
  return [
    ...implicitConnect(evidence),
    ...connectSource(evidence),
    ...tupleInUse(evidence),
    ...autoReuseOverlap(evidence.own.overlap),
  ];
}

function all({ tried, succeeded }: Tries): boolean {
  return tried >= 2 && succeeded === tried;
}

function none({ tried, succeeded }: Tries): boolean {
  return tried >= 2 && succeeded === 0;
}

/** Whether a number that connect chose stands in the way of explicit binds, as one bound before does. */
function implicitConnect(evidence: OfConnectReuse): Answered[] {
  const { unboundSeen, boundSeen } = evidence.own;
  const unbound = armOf(evidence, 'unbound');
  const unicast = armOf(evidence, 'unicast');
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

function connectSource(evidence: OfConnectReuse): Answered[] {
  const { wildcardBefore, wildcardAfter, boundSeen } = evidence.own;
  // Where explicit binds don't see what connect chose (Linux, and so Wine), they don't tell this either.
  if (implicitConnect(evidence)[0]?.value !== 'as-unicast-port') return [];
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

function tupleInUse({ own: { repeats } }: OfConnectReuse): Answered[] {
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

function sentence(evidence: OfConnectReuse, outcomeOf: OutcomeOf): string {
  const unicast = armOf(evidence, 'unicast');
  const bind = armOf(evidence, 'bind');
  const unbound = armOf(evidence, 'unbound');
  const claim = outcomeOf('prefer-unicast');
  if (unicast === undefined || bind === undefined || unbound === undefined) {
    return `not settled: ${claim?.because ?? 'no evidence'}.`;
  }
  if (claim?.outcome === 'confirmed') {
    return (
      `SO_REUSE_UNICASTPORT shares local numbers between remotes: ${used(unicast)} with it, ` +
      `${bind.distinct} of ${bind.connections} when bound first, ${unbound.distinct} of ${unbound.connections} when connect chose.`
    );
  }
  if (claim?.outcome === 'refuted') {
    return (
      `SO_REUSE_UNICASTPORT shares nothing here, as if the auto-reuse range were empty: ${used(unicast)} with it, ` +
      `${bind.distinct} when bound without it, ${unbound.distinct} of ${unbound.connections} when connect chose.`
    );
  }
  return `not settled: ${claim?.because ?? 'no evidence'}.`;
}
