import { memo, type ReactNode } from 'react';
import type { PlanDocument, PlanStep } from '#engine/planner/plan-document.ts';
import { count } from '#engine/model/words.ts';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { makeStyles, mergeClasses } from '../../kit/fluent.ts';
import {
  CheckmarkCircle16Filled,
  DismissCircle16Filled,
  Warning16Filled,
} from '../../kit/icons.ts';

const useStyles = makeStyles({
  steps: { listStyleType: 'none', display: 'flex', flexDirection: 'column' },
  step: {
    position: 'relative',
    display: 'grid',
    gridTemplateColumns: '24px minmax(0, 1fr)',
    columnGap: '12px',
    paddingBottom: '12px',
    // The line from one question to the next.
    '&:not(:last-child)::before': {
      content: '""',
      position: 'absolute',
      left: '11px',
      top: '26px',
      bottom: '2px',
      borderLeft: `1px solid ${color('strong')}`,
    },
  },
  number: {
    display: 'grid',
    placeItems: 'center',
    width: '24px',
    height: '24px',
    border: `1px solid ${color('strong')}`,
    borderRadius: '50%',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 600,
  },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: '2px 12px',
    minHeight: '24px',
  },
  question: { fontWeight: 600 },
  detail: { gridColumn: 2, fontSize: '12px', lineHeight: '16px', color: color('ink-2') },
  plain: { fontWeight: 600 },
  tag: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '4px',
    padding: '1px 8px 1px 6px',
    borderRadius: '4px',
    border: `1px solid ${color('strong')}`,
    fontSize: '12px',
    lineHeight: '18px',
  },
  yes: {
    backgroundColor: color('ok-tint'),
    border: `1px solid ${color('ok-stroke')}`,
    color: color('ok'),
  },
  warn: {
    backgroundColor: color('warn-tint'),
    border: `1px solid ${color('warn-stroke')}`,
    color: color('warn'),
  },
  no: {
    backgroundColor: color('error-tint'),
    border: `1px solid ${color('error-stroke')}`,
    color: color('error'),
  },
  rule: {
    marginTop: '4px',
    paddingTop: '12px',
    borderTop: `1px solid ${color('stroke')}`,
    fontSize: '12px',
    lineHeight: '16px',
    color: color('ink-2'),
  },
  ruleHead: { fontWeight: 600, color: color('ink') },
});

const ICONS = {
  yes: CheckmarkCircle16Filled,
  warn: Warning16Filled,
  no: DismissCircle16Filled,
} as const;

/** The questions that lead to the answer, each with its arithmetic; and the rule of thumb beside it. */
export const WhyCard = memo(function WhyCard(props: { readonly plan: PlanDocument }): ReactNode {
  const { plan } = props;
  const styles = useStyles();
  const { steps, ruleOfThumb } = plan;
  return (
    <Card title="Why" hint="with your numbers">
      <ol className={styles.steps} aria-label="Questions that lead to the answer">
        {steps.map((step, at) => (
          <li key={step.question} className={styles.step}>
            <span className={styles.number} aria-hidden>
              {at + 1}
            </span>
            <div className={styles.line}>
              <span className={styles.question}>{step.question}</span>
              <StepAnswer step={step} />
            </div>
            <p className={styles.detail}>{step.detail}</p>
          </li>
        ))}
      </ol>
      <div className={styles.rule}>
        <p className={styles.ruleHead}>
          Rule of thumb beside it: {count(ruleOfThumb.addresses, 'address')}.
        </p>
        <p>{ruleOfThumb.because}</p>
      </div>
    </Card>
  );
});

function StepAnswer({ step: { answer, tone } }: { readonly step: PlanStep }): ReactNode {
  const styles = useStyles();
  if (tone === 'plain') return <span className={styles.plain}>{answer}</span>;
  const Icon = ICONS[tone];
  return (
    <span className={mergeClasses(styles.tag, styles[tone])}>
      <Icon aria-hidden />
      {answer}
    </span>
  );
}
