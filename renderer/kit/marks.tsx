import type { ReactNode } from 'react';
import { STRATEGY_STYLE } from '#engine/chart/strategy-style.ts';
import { STRATEGY_TITLE, type Strategy } from '#engine/model/strategy.ts';
import type { Basis, ClaimOutcome, Part } from '#engine/run/run-document.ts';
import { color, type ColorToken } from './colors.ts';
import { makeStyles, mergeClasses, shorthands } from './fluent.ts';
import {
  CheckmarkCircle16Filled,
  CheckmarkCircle16Regular,
  Circle16Regular,
  DismissCircle16Filled,
  DismissCircle16Regular,
  ErrorCircle16Filled,
  Play16Regular,
  QuestionCircle16Regular,
  SubtractCircle16Regular,
  Warning16Filled,
} from './icons.ts';

type Icon = typeof CheckmarkCircle16Filled;
export interface Look {
  readonly icon: Icon;
  readonly ink: ColorToken;
  readonly words: string;
}

const OUTCOMES: Readonly<Record<ClaimOutcome, Look>> = {
  confirmed: { icon: CheckmarkCircle16Filled, ink: 'ok', words: 'confirmed' },
  refuted: { icon: DismissCircle16Filled, ink: 'error', words: 'refuted' },
  inconclusive: { icon: QuestionCircle16Regular, ink: 'warn', words: 'inconclusive' },
  untested: { icon: Circle16Regular, ink: 'ink-3', words: 'untested' },
};

/** Of a model or of Wine: no evidence about Windows, so it doesn't look like any. */
const NO_EVIDENCE: Readonly<Record<ClaimOutcome, Look>> = {
  confirmed: { icon: CheckmarkCircle16Regular, ink: 'ink-2', words: 'confirmed' },
  refuted: { icon: DismissCircle16Regular, ink: 'ink-2', words: 'refuted' },
  inconclusive: { icon: QuestionCircle16Regular, ink: 'ink-2', words: 'inconclusive' },
  untested: OUTCOMES.untested,
};

/** How an outcome is drawn: only what was measured on Windows is drawn as evidence. */
export function outcomeLook(outcome: ClaimOutcome, basis: Basis): Look {
  return (basis === 'measured' ? OUTCOMES : NO_EVIDENCE)[outcome];
}

const STATUSES: Readonly<Record<Part['status'], Look>> = {
  running: { icon: Play16Regular, ink: 'accent-text', words: 'running' },
  complete: { icon: CheckmarkCircle16Filled, ink: 'ok', words: 'complete' },
  cancelled: { icon: SubtractCircle16Regular, ink: 'ink-3', words: 'cancelled' },
  interrupted: { icon: Warning16Filled, ink: 'warn', words: 'interrupted' },
  failed: { icon: DismissCircle16Filled, ink: 'error', words: 'failed' },
  'stopped-for-safety': { icon: ErrorCircle16Filled, ink: 'warn', words: 'stopped for safety' },
  refused: { icon: SubtractCircle16Regular, ink: 'ink-3', words: 'not run' },
};

const ANSWERS: Readonly<Record<'yes' | 'no' | 'unknown', Look>> = {
  yes: { icon: CheckmarkCircle16Filled, ink: 'ok', words: 'yes' },
  no: { icon: DismissCircle16Filled, ink: 'error', words: 'no' },
  unknown: { icon: QuestionCircle16Regular, ink: 'ink-2', words: 'unknown' },
};

const useStyles = makeStyles({
  mark: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    verticalAlign: 'top',
    whiteSpace: 'nowrap',
  },
  strong: { fontWeight: 600 },
  icon: { flexShrink: 0 },
  tag: {
    height: '20px',
    padding: '0 6px 0 4px',
    gap: '4px',
    border: `1px solid ${color('strong')}`,
    borderRadius: '4px',
    fontSize: '12px',
    color: color('ink'),
  },
  yes: { backgroundColor: color('ok-tint'), border: `1px solid ${color('ok-stroke')}` },
  no: { backgroundColor: color('error-tint'), border: `1px solid ${color('error-stroke')}` },
  unknown: { ...shorthands.borderStyle('dashed') },
  swatch: {
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    flexShrink: 0,
    minWidth: '16px',
    height: '16px',
    padding: '0 3px',
    borderRadius: '2px',
    border: '1px solid transparent',
    fontSize: '10px',
    lineHeight: '14px',
    fontWeight: 600,
    forcedColorAdjust: 'none',
  },
});

export function OutcomeMark({
  outcome,
  basis,
}: {
  readonly outcome: ClaimOutcome;
  readonly basis: Basis;
}): ReactNode {
  return <Mark look={outcomeLook(outcome, basis)} strong />;
}

/** Of a run, or of one experiment of several. */
export function StatusMark({ status }: { readonly status: Part['status'] }): ReactNode {
  return <Mark look={STATUSES[status]} />;
}

function Mark({
  look,
  strong = false,
}: {
  readonly look: Look;
  readonly strong?: boolean;
}): ReactNode {
  const styles = useStyles();
  const Icon = look.icon;
  return (
    <span
      className={mergeClasses(styles.mark, strong && styles.strong)}
      style={{ color: color(look.ink) }}
    >
      <Icon className={styles.icon} aria-hidden />
      {look.words}
    </span>
  );
}

export interface StrategyLetterProps {
  /** A wider range is legacy with more numbers: its colour, and a letter that tells. */
  readonly strategy: Strategy | 'wider-range' | 'others';
  /** `L3` where arms repeat a strategy; else its letter. */
  readonly text?: string;
}

/** The strategy's letter on its colour. The words go beside it, so the letter is for the eye only. */
export function StrategyLetter({ strategy, text }: StrategyLetterProps): ReactNode {
  const styles = useStyles();
  const { letter, title, hue } = lettered(strategy);
  return (
    <span
      className={styles.swatch}
      style={{
        backgroundColor: color(hue),
        color: color(hue === 'others' ? 'on-others' : 'on-hue'),
      }}
      title={title}
      aria-hidden
    >
      {text ?? letter}
    </span>
  );
}

function lettered(strategy: StrategyLetterProps['strategy']): {
  readonly letter: string;
  readonly title: string;
  readonly hue: Strategy | 'others';
} {
  if (strategy === 'others') return { letter: 'O', title: 'others', hue: 'others' };
  if (strategy === 'wider-range') return { letter: 'W', title: 'Wider range', hue: 'legacy' };
  const { letter } = STRATEGY_STYLE[strategy];
  return { letter, title: STRATEGY_TITLE[strategy], hue: strategy };
}

export interface TriStateProps {
  readonly value: 'yes' | 'no' | 'unknown';
  /** After the word: `yes, 2008+`. */
  readonly note?: string;
}

/** An answer that may be missing; a missing one is dashed, never left out. */
export function TriState({ value, note }: TriStateProps): ReactNode {
  const styles = useStyles();
  const look = ANSWERS[value];
  const Icon = look.icon;
  return (
    <span className={mergeClasses(styles.mark, styles.tag, styles[value])}>
      <Icon className={styles.icon} style={{ color: color(look.ink) }} aria-hidden />
      {note === undefined ? look.words : `${look.words}, ${note}`}
    </span>
  );
}
