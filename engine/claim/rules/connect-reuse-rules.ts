import { describeCode } from '../../model/winsock-error.ts';
import { count } from '../../model/words.ts';
import type { Evidence, Settled } from '../evidence.ts';
import type { ExperimentRules, OutcomeOf } from '../experiment-rules.ts';
import { armOf, connectAnswers, used } from './connect-reuse-answers.ts';

type OfConnectReuse = Evidence<'connect-reuse'>;

/**
 * How connections settle what sharing numbers by 4-tuple gains. A number that serves two remotes at
 * once is definite; that none did says something only where bind gave the number at once, because a
 * choice put off to connect may miss repeats in a wide range by chance.
 */
export const CONNECT_REUSE_RULES: ExperimentRules<'connect-reuse'> = {
  claims: { 'prefer-unicast': settlePreferUnicast },
  answers: ({ own }) => connectAnswers(own),
  sentence,
};

/** Connections an arm needs to say that its way shares nothing. */
const FEW = 8;

function inconclusive(because: string): Settled {
  return { outcome: 'inconclusive', because };
}

function settlePreferUnicast(evidence: OfConnectReuse): Settled {
  const [unicast, before, after] = [
    armOf(evidence.own, 'unicast'),
    armOf(evidence.own, 'bind'),
    armOf(evidence.own, 'bind-again'),
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

function sentence(evidence: OfConnectReuse, outcomeOf: OutcomeOf): string {
  const unicast = armOf(evidence.own, 'unicast');
  const bind = armOf(evidence.own, 'bind');
  const unbound = armOf(evidence.own, 'unbound');
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
