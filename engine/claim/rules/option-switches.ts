import type { Protocol } from '../../model/protocol.ts';
import { describeCode, WSA } from '../../model/winsock-error.ts';
import type { Answered } from '../experiment-rules.ts';
import type {
  OptionAlone,
  OptionConflictEvidence,
  TriedOption,
} from './option-conflict-evidence.ts';

type Own = OptionConflictEvidence;

const PORT_OPTIONS = ['SO_PORT_SCALABILITY', 'SO_REUSE_UNICASTPORT', 'SO_RANDOMIZE_PORT'] as const;

/**
 * What setsockopt and getsockopt say of the model's switches. An answer needs the same from both
 * rounds of the control, and both orders of a pair where the order should not matter.
 */
export function answerOptionSwitches(own: Own, protocol: Protocol): Answered[] {
  const answers: (Answered | null)[] = [
    ...knownOptions(own),
    readBack(own),
    switchedOff(own),
    setLate(own),
    exclusive(own),
    ...(protocol === 'tcp' ? [unicastBeside(own), randomizeAfter(own)] : []),
  ];
  return answers.filter((answer) => answer !== null);
}

function knownOptions(own: Own): (Answered | null)[] {
  const scalability = setCode(own, 'SO_PORT_SCALABILITY');
  const unicast = setCode(own, 'SO_REUSE_UNICASTPORT');
  const known = { id: 'unicastPort', value: 'known', because: 'setsockopt accepts it' } as const;
  const unknown = {
    id: 'unicastPort',
    value: 'unknown-option',
    because: `setsockopt answers ${describeCode(WSA.WSAENOPROTOOPT)}`,
  } as const;
  return [
    // That it is accepted says nothing: whether it is honoured takes a sweep.
    scalability === WSA.WSAENOPROTOOPT
      ? {
          id: 'A1',
          value: 'refused',
          because: `setsockopt of SO_PORT_SCALABILITY answers ${describeCode(scalability)}`,
        }
      : null,
    unicast === 0 ? known : unicast === WSA.WSAENOPROTOOPT ? unknown : null,
  ];
}

/** A18: of the port options that can be set, all or none can be read. */
function readBack({ before, after }: Own): Answered | null {
  const settable = [...before, ...after].filter(
    ({ option, set }) => (PORT_OPTIONS as readonly string[]).includes(option) && set === 0,
  );
  if (settable.length === 0) return null;
  const names = [...new Set(settable.map(({ option }) => option))].join(', ');
  if (settable.every(({ fresh, read }) => fresh === 0 && read === 1)) {
    return {
      id: 'A18',
      value: 'readable',
      because: `${names} read 0 before and 1 after being set`,
    };
  }
  const refused = ({ fresh, read }: OptionAlone): boolean =>
    fresh === -WSA.WSAENOPROTOOPT && read === -WSA.WSAENOPROTOOPT;
  return settable.every(refused)
    ? {
        id: 'A18',
        value: 'refused',
        because: `${names} can be set, but reading them answers ${describeCode(WSA.WSAENOPROTOOPT)}`,
      }
    : null;
}

function switchedOff({ zero, before }: Own): Answered | null {
  const readable = before.some(
    ({ option, fresh, read }) => option === 'SO_PORT_SCALABILITY' && fresh === 0 && read === 1,
  );
  if (zero === null || zero.set !== 0 || !readable) return null;
  if (zero.read === 0) {
    return { id: 'A23', value: 'clears', because: 'set to 1 and then to 0, it reads 0' };
  }
  return zero.read === 1
    ? { id: 'A23', value: 'ignored', because: 'set to 1 and then to 0, it still reads 1' }
    : null;
}

function setLate(own: Own): Answered | null {
  if (setCode(own, 'SO_PORT_SCALABILITY') !== 0) return null;
  const because = 'setsockopt of SO_PORT_SCALABILITY on a bound socket';
  if (own.late === 0) return { id: 'A17', value: 'accepted', because: `${because} answers 0` };
  return own.late === WSA.WSAEINVAL
    ? { id: 'A17', value: 'refused', because: `${because} answers ${describeCode(own.late)}` }
    : null;
}

function exclusive(own: Own): Answered | null {
  switch (together(own, 'SO_PORT_SCALABILITY', 'SO_EXCLUSIVEADDRUSE')) {
    case 'accepted':
      return { id: 'A24', value: 'allowed', because: 'setsockopt accepts both, in either order' };
    case 'refused':
      return { id: 'A24', value: 'second-fails', because: SECOND_FAILS };
    case null:
      return null;
  }
}

function unicastBeside(own: Own): Answered | null {
  switch (together(own, 'SO_PORT_SCALABILITY', 'SO_REUSE_UNICASTPORT')) {
    case 'accepted':
      return { id: 'A16', value: 'accepted', because: 'setsockopt accepts both, in either order' };
    case 'refused':
      return { id: 'A16', value: 'second-fails', because: SECOND_FAILS };
    case null:
      return null;
  }
}

/** Documented for this order only. */
function randomizeAfter(own: Own): Answered | null {
  if (setCode(own, 'SO_REUSE_UNICASTPORT') !== 0 || setCode(own, 'SO_RANDOMIZE_PORT') !== 0) {
    return null;
  }
  const code = own.pairs.find(
    ({ first, second }) => first === 'SO_REUSE_UNICASTPORT' && second === 'SO_RANDOMIZE_PORT',
  )?.secondSet;
  const because = 'setsockopt of SO_RANDOMIZE_PORT after SO_REUSE_UNICASTPORT';
  if (code === 0) {
    return { id: 'randomizeWithUnicast', value: 'accepted', because: `${because} answers 0` };
  }
  return code === WSA.WSAEINVAL
    ? {
        id: 'randomizeWithUnicast',
        value: 'second-fails',
        because: `${because} answers ${describeCode(code)}`,
      }
    : null;
}

const SECOND_FAILS = `each is accepted alone; the second on one socket answers ${describeCode(WSA.WSAEINVAL)}, in either order`;

/** What both orders of a pair say, where each option alone is accepted; null where they don't agree. */
function together(own: Own, one: TriedOption, other: TriedOption): 'accepted' | 'refused' | null {
  if (setCode(own, one) !== 0 || setCode(own, other) !== 0) return null;
  const seconds = own.pairs
    .filter(({ first, second }) => [one, other].every((name) => name === first || name === second))
    .map(({ firstSet, secondSet }) => (firstSet === 0 ? secondSet : -1));
  if (seconds.length < 2) return null;
  if (seconds.every((code) => code === 0)) return 'accepted';
  return seconds.every((code) => code === WSA.WSAEINVAL) ? 'refused' : null;
}

/** What setting the option on a fresh socket answered, before and after alike; undefined otherwise. */
function setCode({ before, after }: Own, option: TriedOption): number | undefined {
  const codes = [before, after].map((round) => round.find((one) => one.option === option)?.set);
  return codes[0] === codes[1] ? codes[0] : undefined;
}
