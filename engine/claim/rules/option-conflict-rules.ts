import { describeCode, WSA } from '../../model/winsock-error.ts';
import { count } from '../../model/words.ts';
import type { Evidence, Settled } from '../evidence.ts';
import type { ExperimentRules, OutcomeOf } from '../experiment-rules.ts';
import type {
  OptionConflictEvidence,
  OptionPair,
  TriedOption,
} from './option-conflict-evidence.ts';
import { answerOptionSwitches } from './option-switches.ts';

type Own = OptionConflictEvidence;

const PS: TriedOption = 'SO_PORT_SCALABILITY';
const UNICAST: TriedOption = 'SO_REUSE_UNICASTPORT';

export const OPTION_CONFLICT_RULES: ExperimentRules<'option-conflict'> = {
  claims: { 'PS-9': settlePs9 },
  answers: ({ own, protocol }) => answerOptionSwitches(own, protocol),
  sentence,
};

/**
 * How option-conflict settles PS-9. Each option alone, before and after, is the control: a pair is
 * refused only where both parts are accepted. A pair that is accepted refutes the claim only if both
 * read back as set and the sharing of numbers still works beside the other option: a host that
 * swallows options it doesn't know accepts everything.
 */
function settlePs9({ own, protocol }: Evidence<'option-conflict'>): Settled {
  for (const option of [PS, UNICAST]) {
    const codes = aloneCodes(own, option);
    if (codes.length < 2)
      return inconclusive(`${option} could not be tried on a socket of its own`);
    const refusal = codes.find((code) => code !== 0);
    if (refusal !== undefined) {
      return inconclusive(
        `${option} alone is refused already (${describeCode(refusal)}), so there is nothing to combine`,
      );
    }
  }
  const pairs = pairsOf(own, PS, UNICAST);
  if (pairs.length < 2) return inconclusive('the pair could not be tried in both orders');
  const refused = pairs.filter(({ secondSet }) => secondSet !== 0);
  const both = `${PS} and ${UNICAST}`;
  if (refused.length === 2) {
    return {
      outcome: 'confirmed',
      because: `each is accepted alone, but on one socket the second is refused: ${codesInOrder(refused)}`,
    };
  }
  const conflict = visibleConflict(own, pairs);
  if (conflict !== null) return { outcome: 'confirmed', because: conflict };
  if (refused.length === 1) {
    return inconclusive(
      `it depends on the order: ${refused[0]!.second} is refused after ${refused[0]!.first} (${describeCode(refused[0]!.secondSet)}), the other way round both are accepted`,
    );
  }
  if (protocol === 'udp') {
    return inconclusive(
      `over UDP both are accepted, but ${UNICAST} has no meaning there; run option-conflict over TCP`,
    );
  }
  if (pairs.some(({ firstRead, secondRead }) => firstRead !== 1 || secondRead !== 1)) {
    return inconclusive(
      `${both} are accepted on one socket, but can't be read back (${describeCode(Math.abs(Math.min(...pairs.map((pair) => pair.firstRead))))}): nothing shows that this host does more than accept them`,
    );
  }
  return bySharing(own);
}

/** Accepted, but one switches the other off, or the bind fails that works with each alone. */
function visibleConflict(own: Own, pairs: readonly OptionPair[]): string | null {
  const accepted = pairs.filter(({ secondSet }) => secondSet === 0);
  const readable = [...own.before, ...own.after]
    .filter(({ option }) => option === PS || option === UNICAST)
    .every(({ fresh, read }) => fresh === 0 && read === 1);
  if (
    readable &&
    accepted.length > 0 &&
    accepted.every(({ firstRead, secondRead }) => firstRead === 0 || secondRead === 0)
  ) {
    return `both are accepted on one socket, but one of the two then reads back as off: ${accepted
      .map(({ first, second, firstRead }) => `${firstRead === 0 ? first : second} after both`)
      .join(', ')}`;
  }
  const bindsAlone = [...own.before, ...own.after]
    .filter(({ option }) => option === PS || option === UNICAST)
    .every(({ bind }) => bind === 0);
  // A single failed bind may be a full pool; both orders, between working ones, are not.
  if (bindsAlone && accepted.length === 2 && accepted.every(({ bind }) => bind === WSA.WSAEINVAL)) {
    return `both are accepted on one socket, but it can't be bound then (${describeCode(WSA.WSAEINVAL)}); with each alone it can`;
  }
  return null;
}

function bySharing({ sharing }: Own): Settled {
  const accepted = `${PS} and ${UNICAST} are accepted on one socket and both read back as set`;
  if (sharing === null) return inconclusive(`${accepted}; whether they work together was not seen`);
  const { legacy, tries } = sharing;
  const last = tries.at(-1);
  if (legacy.met > 0) {
    return inconclusive(
      `${accepted}, but here numbers repeat on another address without any option, so nothing shows what the options do`,
    );
  }
  if (!legacy.wentRound || last === undefined || last.scalability.met === 0) {
    return inconclusive(
      `${accepted}, but with ${PS} alone no held number came up on the other address either (${count(last?.scalability.swept ?? 0, 'bind')}), so whether they work together was not seen; run sweep first`,
    );
  }
  const { both } = last;
  if (both.met > 0) {
    return {
      outcome: 'refuted',
      because: `${accepted}, and with both a number held on one address came up on the other after ${count(both.swept, 'bind')}, as with ${PS} alone, and never without options (${count(legacy.swept, 'bind')})`,
    };
  }
  if (both.held === 0) {
    return inconclusive(
      `${accepted}, but with both no number is chosen at bind, so whether numbers are shared can't be seen there`,
    );
  }
  // A host that gives the same few numbers again and again would not have met a held one either way.
  const looked = tries.filter(
    (one) => one.both.wentRound && one.both.distinct >= one.both.swept / 2,
  );
  if (looked.length < ENOUGH_LOOKS) {
    return inconclusive(
      `${accepted}; with both no held number came up in ${count(both.swept, 'bind')}, but these met only ${count(both.distinct, 'different number')}, so nothing shows that they would have`,
    );
  }
  return {
    outcome: 'confirmed',
    because: `${accepted}, but ${looked.length} times in turn a held number came up on the other address with ${PS} alone and none did with both (${count(both.swept, 'bind')} each)`,
  };
}

/** Times that both options must have kept a number from being shared before that says something. */
const ENOUGH_LOOKS = 3;

function inconclusive(because: string): Settled {
  return { outcome: 'inconclusive', because };
}

function aloneCodes({ before, after }: Own, option: TriedOption): number[] {
  return [...before, ...after].filter((one) => one.option === option).map(({ set }) => set);
}

function pairsOf({ pairs }: Own, one: TriedOption, other: TriedOption): OptionPair[] {
  return pairs.filter(
    ({ first, second }) =>
      (first === one && second === other) || (first === other && second === one),
  );
}

function codesInOrder(pairs: readonly OptionPair[]): string {
  return pairs
    .map(({ first, second, secondSet }) => `${second} after ${first} ${describeCode(secondSet)}`)
    .join(', ');
}

function sentence({ own }: Evidence<'option-conflict'>, outcomeOf: OutcomeOf): string {
  const ps9 = outcomeOf('PS-9');
  const others = (['SO_RANDOMIZE_PORT', 'SO_REUSEADDR', 'SO_EXCLUSIVEADDRUSE'] as const)
    .map((option) => `${option} ${goes(pairsOf(own, PS, option))}`)
    .join(', ');
  const rest = `beside ${PS}, ${others}`;
  if (ps9?.outcome === 'confirmed') {
    return `${PS} and ${UNICAST} do not go together on one socket; ${rest}.`;
  }
  if (ps9?.outcome === 'refuted') {
    return `${PS} and ${UNICAST} go together on one socket; ${rest}.`;
  }
  return `not settled: ${ps9?.because ?? 'no evidence'}; ${rest}.`;
}

function goes(pairs: readonly OptionPair[]): string {
  if (pairs.length === 0) return 'was not tried';
  const code = pairs
    .map(({ firstSet, secondSet }) => firstSet || secondSet)
    .find((one) => one !== 0);
  return code === undefined ? 'is accepted' : `is refused (${describeCode(code)})`;
}
