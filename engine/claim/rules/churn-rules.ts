import { describeCode } from '../../model/winsock-error.ts';
import { count, duration, thousands } from '../../model/words.ts';
import { ENDED_WORDS } from '../../run/run-words.ts';
import type { Evidence } from '../evidence.ts';
import type { ExperimentRules } from '../experiment-rules.ts';
import type { ChurnArm } from './churn-evidence.ts';

/** How long a host lasts settles no claim: it is a figure for whoever runs a busy server. */
export const CHURN_RULES: ExperimentRules<'churn'> = { claims: {}, answers: () => [], sentence };

function sentence({ own, addresses }: Evidence<'churn'>): string {
  const of = (strategy: string): ChurnArm | undefined =>
    own.arms.find((arm) => arm.strategy === strategy);
  const [legacy, option] = [of('legacy'), of('port-scalability')];
  if (legacy === undefined) return 'not settled: the run ended before the first arm.';
  const alike = own.settled
    ? ''
    : '; the second arm began before the ports of the first were known to be back, so the two do not compare';
  const second =
    option === undefined
      ? ''
      : `, and ${lasts(option)} with SO_PORT_SCALABILITY on ${count(addresses, 'address')}`;
  return `at ${thousands(own.asked)} short connections a second asked for, ${lasts(legacy)} without the option${second}${alike}.`;
}

function lasts({ connections, seconds, ended, failed }: ChurnArm): string {
  const rate = seconds > 0 ? ` (${thousands(connections / seconds)} a second)` : '';
  const did = `${count(connections, 'connection')} in ${duration(seconds * 1e9)}${rate}`;
  if (failed === null) return `${did}, then the arm ${ENDED_WORDS[ended]},`;
  return `${did} until ${failed.call} failed with ${describeCode(failed.code)}`;
}
