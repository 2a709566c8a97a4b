import { BIND_MODES, MODE_WORDS, type BindMode } from '../../model/bind-mode.ts';
import { describeCode, WSA } from '../../model/winsock-error.ts';
import { count } from '../../model/words.ts';
import type { Answered, ExperimentRules } from '../experiment-rules.ts';
import type { ExclusivityArm, ExclusivityEvidence, NamedOn } from './exclusivity-evidence.ts';
import { NAMED_ON } from './exclusivity-evidence.ts';

/**
 * How exclusivity is read. A number counts only where its holder still had it after the attempts and
 * nobody had it right after the holder let go; and codes count where nearly all such numbers agree,
 * so that another program's socket that came and went meanwhile changes nothing.
 */
export const EXCLUSIVITY_RULES: ExperimentRules<'exclusivity'> = {
  claims: {},
  answers: ({ own }) => answersOf(own),
  sentence: ({ own }) => sentence(own),
};

/** Numbers that must count, per arm. */
const ENOUGH = 6;
/** Share of them that must have answered alike. */
const AGREE = 0.75;

type Codes = Readonly<Record<BindMode, number>>;

/** What named numbers answer where they are held without and with the option. */
interface Compared {
  readonly legacy: Codes;
  readonly option: Codes;
}

/** Values of the switches beside `by-matrix`, and what every attempt answers there. */
const OTHERWISE = {
  other: { id: 'A7', value: 'blocked', code: WSA.WSAEADDRINUSE },
  same: { id: 'A8', value: 'denied', code: WSA.WSAEACCES },
  wildcard: { id: 'A9', value: 'blocked', code: WSA.WSAEADDRINUSE },
} as const;

function answersOf(own: ExclusivityEvidence): Answered[] {
  const answers: Answered[] = [];
  const effect = effectSeen(own);
  for (const on of NAMED_ON) {
    const compared = compare(own, on);
    if (compared === null) continue;
    const { id, value, code } = OTHERWISE[on];
    const otherwise = (codes: Codes): boolean => BIND_MODES.every((mode) => codes[mode] === code);
    if (otherwise(compared.legacy)) continue;
    if (otherwise(compared.option)) {
      answers.push({
        id,
        value,
        because: `${where(on)} every attempt on a number held through the option answers ${describeCode(code)}, on one held without it ${codesOf(compared.legacy)}`,
      } as Answered);
    } else if (alike(compared) && effect !== null) {
      answers.push({
        id,
        value: 'by-matrix',
        because: `${where(on)} numbers held through the option and without it answer alike: ${codesOf(compared.option)}; that the option has an effect here was seen ${effect}`,
      });
    }
  }
  return answers;
}

/** What the arms say of one place; null where they don't say, or the controls differ. */
function compare(own: ExclusivityEvidence, on: NamedOn): Compared | null {
  const { controls, treatment } = armsOf(own);
  const [first, second] = controls.map((arm) => agreed(arm, on));
  const option = treatment === undefined ? null : agreed(treatment, on);
  if (first === undefined || second === undefined || first === null || second === null) return null;
  if (option === null || !alike({ legacy: first, option: second })) return null;
  return { legacy: first, option };
}

function armsOf({ arms }: ExclusivityEvidence): {
  readonly controls: readonly ExclusivityArm[];
  readonly treatment: ExclusivityArm | undefined;
} {
  return {
    controls: arms.filter(({ strategy }) => strategy === 'legacy'),
    treatment: arms.find(({ strategy }) => strategy === 'port-scalability'),
  };
}

/** The codes nearly all numbers of an arm answered; null where too few count, or they differ. */
function agreed({ numbers }: ExclusivityArm, on: NamedOn): Codes | null {
  const counting = numbers.filter(({ still, free }) => still && free === 0);
  if (counting.length < ENOUGH) return null;
  const times = new Map<string, { readonly codes: Codes; count: number }>();
  for (const { codes } of counting) {
    const key = BIND_MODES.map((mode) => codes[on][mode]).join();
    const entry = times.get(key) ?? { codes: codes[on], count: 0 };
    entry.count++;
    times.set(key, entry);
  }
  const found = [...times.values()].find((entry) => entry.count >= counting.length * AGREE);
  return found?.codes ?? null;
}

function alike({ legacy, option }: Compared): boolean {
  return BIND_MODES.every((mode) => legacy[mode] === option[mode]);
}

/**
 * By what it was seen that the holders hold through the option: a number given twice with it and
 * never without it, or attempts answered otherwise than without it. Null where by nothing.
 */
function effectSeen(own: ExclusivityEvidence): string | null {
  const { controls, treatment } = armsOf(own);
  const repeated =
    treatment !== undefined &&
    treatment.sharing.met > 0 &&
    controls.length >= 2 &&
    controls.every(({ sharing }) => sharing.met === 0 && sharing.wentRound);
  if (repeated) return 'by a repeated number';
  const differs = NAMED_ON.find((on) => {
    const compared = compare(own, on);
    return compared !== null && !alike(compared);
  });
  return differs === undefined ? null : `${where(differs)}, where they answer differently`;
}

function where(on: NamedOn): string {
  if (on === 'same') return 'on the address that holds it';
  return on === 'other' ? 'on another address' : 'on the wildcard address';
}

function codesOf(codes: Codes): string {
  return BIND_MODES.map((mode) => `${MODE_WORDS[mode]} ${answer(codes[mode])}`).join(', ');
}

function answer(code: number): string {
  return code === 0 ? 'let in' : describeCode(code);
}

function sentence(own: ExclusivityEvidence): string {
  const compared = NAMED_ON.map((on) => ({ on, codes: compare(own, on) }));
  const known = compared.filter((one): one is Known => one.codes !== null);
  if (known.length < compared.length) return notEnough(own);
  const differs = known.filter(({ codes }) => !alike(codes));
  if (effectSeen(own) === null) {
    return `not settled: named ports are answered alike whether they are held with SO_PORT_SCALABILITY or without it, but nothing here shows that the option has an effect on this host; ${whyUnseen(own)}.`;
  }
  const meets = listed(known.map(({ on, codes }) => outcome(on, codes.option)));
  const without = listed(differs.map(({ on, codes }) => outcome(on, codes.legacy)));
  return `a server that names a port held through SO_PORT_SCALABILITY ${meets}; ${
    differs.length === 0
      ? 'as one that names a port held without it'
      : `one that names a port held without it ${without}`
  }.`;
}

interface Known {
  readonly on: NamedOn;
  readonly codes: Compared;
}

/** What a server without either option meets, and one that asks for the port alone where that differs. */
function outcome(on: NamedOn, { default: plain, exclusive }: Codes): string {
  const also =
    (plain === 0) === (exclusive === 0)
      ? ''
      : `, but ${exclusive === 0 ? 'does get it' : 'not'} with SO_EXCLUSIVEADDRUSE`;
  const met = plain === 0 ? 'gets it' : 'is refused';
  const code = plain === 0 ? '' : ` with ${describeCode(plain)}`;
  return `${met} ${where(on)}${code}${also}`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function whyUnseen(own: ExclusivityEvidence): string {
  const { controls, treatment } = armsOf(own);
  if (controls.some(({ sharing }) => sharing.met > 0)) {
    return 'numbers repeat on the other address without it too';
  }
  return `no held number came up on the other address in ${count(treatment?.sharing.swept ?? 0, 'bind')}; the sweep experiment looks longer`;
}

function notEnough({ arms }: ExclusivityEvidence): string {
  const counting = arms.map(
    ({ numbers }) => numbers.filter(({ still, free }) => still && free === 0).length,
  );
  if (arms.length < 3) return 'not settled: an arm is missing.';
  return Math.min(...counting) < ENOUGH
    ? `not settled: of ${counting.map((n, at) => `${n} of ${arms[at]!.numbers.length}`).join(', ')} held numbers nobody else had any, and ${count(ENOUGH, 'number')} in each arm are needed; repeat it when less is going on.`
    : 'not settled: attempts on like numbers were answered differently; repeat it when less is going on.';
}
