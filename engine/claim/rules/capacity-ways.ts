import { describeCode } from '../../model/winsock-error.ts';
import { count, thousands } from '../../model/words.ts';
import { ENDED_WORDS } from '../../run/run-words.ts';
import type { Settled } from '../evidence.ts';
import {
  armBy,
  bothArms,
  fullWords,
  inconclusive,
  notFull,
  type OfCapacity,
} from './capacity-arms.ts';

/** What a pool must get beyond the arm without options, so that a port others freed meanwhile is not it. */
const MORE = 1.1;
/** Sockets an arm needs to say that its way shares nothing. */
const FEW = 8;

/** The two claims about the other ways to get ports; null where the run did not try them. */
export function settleOwnPool(evidence: OfCapacity): Settled | null {
  const pool = armBy(evidence, 'port-pool');
  const told = evidence.own?.pool ?? null;
  if (pool === undefined || told === null) return null;
  const { legacy } = bothArms(evidence);
  const way = told.way === 'reservation' ? 'by port reservation' : 'by naming the ports';
  if (legacy.overlap > 0) {
    return inconclusive(
      `without any option, too, this host gave numbers on several addresses at once (${count(legacy.bound, 'port')}; ${thousands(pool.bound)} ${way}), so no pool is needed to get them`,
    );
  }
  if (legacy.ended !== 'exhausted') return notFull(legacy);
  if (pool.bound > legacy.bound * MORE) {
    return {
      outcome: 'confirmed',
      because: `${fullWords(legacy, evidence)}; a pool of its own ${way} got ${count(pool.bound, 'port')}`,
    };
  }
  return inconclusive(
    `a pool of its own ${way} got ${count(pool.bound, 'port')} (${ENDED_WORDS[pool.ended]}), no more than the ${thousands(legacy.bound)} without any option`,
  );
}

export function settlePreferUnicast(evidence: OfCapacity): Settled | null {
  const arm = armBy(evidence, 'reuse-unicast');
  const unicast = evidence.own?.unicast ?? null;
  if (arm === undefined || unicast === null) return null;
  if (arm.optionCode !== null) {
    return inconclusive(
      `setsockopt of SO_REUSE_UNICASTPORT answered ${describeCode(arm.optionCode)}: this host does not have both options to choose from`,
    );
  }
  const { legacy } = bothArms(evidence);
  if (legacy.overlap > 0) {
    return inconclusive(
      'without any option numbers were held on several addresses too: the connect-reuse experiment compares connections',
    );
  }
  if (legacy.bound < FEW) return notFull(legacy);
  const { connections, distinct, shared, deferred } = unicast;
  if (shared > 0) {
    return {
      outcome: 'confirmed',
      because: `${count(connections, 'connection')} used ${count(distinct, 'local number')} with SO_REUSE_UNICASTPORT; without it every socket took one of its own`,
    };
  }
  if (deferred) {
    return inconclusive(
      `with SO_REUSE_UNICASTPORT the number is chosen at connect, but none of ${connections} came up twice, maybe by chance`,
    );
  }
  if (arm.overlap > 0 || arm.bound < FEW) {
    return inconclusive(
      `with SO_REUSE_UNICASTPORT ${count(arm.bound, 'port')} (${ENDED_WORDS[arm.ended]}), ${count(arm.overlap, 'number')} of them on several addresses`,
    );
  }
  return {
    outcome: 'refuted',
    because: `empty auto-reuse range: the preferred option gains nothing here (${count(arm.bound, 'port')} with it, each given at bind, ${thousands(legacy.bound)} without); an administrator can set a range with Set-NetTCPSetting`,
  };
}
