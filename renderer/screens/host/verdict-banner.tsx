import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { HostView } from '#engine/api/views.ts';
import { useCall } from '../../connection/use-lab.ts';
import { color } from '../../kit/colors.ts';
import { Button, makeStyles, mergeClasses } from '../../kit/fluent.ts';
import {
  CheckmarkCircle16Filled,
  CheckmarkCircle20Filled,
  DismissCircle16Filled,
  QuestionCircle16Regular,
  Warning20Filled,
} from '../../kit/icons.ts';
import { PageHeading } from '../../kit/page.tsx';
import { hostVerdict, priceWords, type HostCheck } from './verdict.ts';

const NEXT = 'sweep';

const useStyles = makeStyles({
  banner: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '12px 24px',
    padding: '16px',
    borderRadius: '6px',
    border: `1px solid ${color('warn-stroke')}`,
    backgroundColor: color('warn-tint'),
  },
  possible: { border: `1px solid ${color('ok-stroke')}`, backgroundColor: color('ok-tint') },
  icon: { color: color('warn'), flexShrink: 0, width: '40px', height: '40px' },
  possibleIcon: { color: color('ok') },
  answer: { display: 'flex', alignItems: 'center', gap: '24px', flex: '1 1 380px', minWidth: 0 },
  words: { minWidth: 0 },
  meaning: { color: color('ink-2') },
  checks: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '4px 20px',
    marginTop: '4px',
    listStyleType: 'none',
    color: color('ink-2'),
    '& li': { display: 'flex', alignItems: 'center', gap: '6px' },
  },
  next: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px 16px',
    marginLeft: 'auto',
  },
  question: { textAlign: 'right', lineHeight: '18px', color: color('ink-2') },
});

/** The answer: real or simulated, what speaks for it, and the one next step. */
export function VerdictBanner({ view }: { readonly view: HostView }): ReactNode {
  const styles = useStyles();
  const [, navigate] = useLocation();
  const { possible, sentence, checks, meaning, next } = hostVerdict(view);
  const preview = useCall('preview', { wish: { experiment: NEXT } }, [view.readAt]);
  const Icon = possible ? CheckmarkCircle20Filled : Warning20Filled;
  return (
    <div className={mergeClasses(styles.banner, possible && styles.possible)}>
      <div className={styles.answer}>
        <Icon className={mergeClasses(styles.icon, possible && styles.possibleIcon)} aria-hidden />
        <div className={styles.words}>
          <PageHeading>{sentence}</PageHeading>
          {meaning !== '' && <p className={styles.meaning}>{meaning}</p>}
          {checks.length > 0 && (
            <ul className={styles.checks} aria-label="Checks">
              {checks.map((check) => (
                <Check key={check.words} check={check} />
              ))}
            </ul>
          )}
        </div>
      </div>
      <div className={styles.next}>
        <p className={styles.question}>
          <strong>{next.question}</strong>
          <br />
          {priceWords(preview.data)}
        </p>
        <Button appearance="primary" size="large" onClick={() => navigate(`/experiments/${NEXT}`)}>
          {next.button}
        </Button>
      </div>
    </div>
  );
}

function Check({ check: { words, holds } }: { readonly check: HostCheck }): ReactNode {
  const [Icon, ink, spoken] =
    holds === null
      ? ([QuestionCircle16Regular, 'ink-3', 'unknown'] as const)
      : holds
        ? ([CheckmarkCircle16Filled, 'ok', 'yes'] as const)
        : ([DismissCircle16Filled, 'warn', 'no'] as const);
  return (
    <li>
      <Icon style={{ color: color(ink) }} aria-hidden />
      <span>
        {words}
        <span className="visually-hidden">: {spoken}</span>
      </span>
    </li>
  );
}
