import type { ReactNode } from 'react';
import type { DoctorDocument, Severity } from '#engine/doctor/doctor-document.ts';
import { color, type ColorToken } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';
import {
  CheckmarkCircle20Filled,
  ErrorCircle20Filled,
  QuestionCircle20Regular,
  Warning20Filled,
} from '../../kit/icons.ts';
import { PageHeading } from '../../kit/page.tsx';

interface Look {
  readonly icon: typeof CheckmarkCircle20Filled;
  readonly ink: ColorToken;
  readonly tint: ColorToken;
  readonly stroke: ColorToken;
}

const BAD: Look = {
  icon: ErrorCircle20Filled,
  ink: 'error',
  tint: 'error-tint',
  stroke: 'error-stroke',
};
const CAREFUL: Look = {
  icon: Warning20Filled,
  ink: 'warn',
  tint: 'warn-tint',
  stroke: 'warn-stroke',
};
const LOOKS: Readonly<Record<Severity, Look>> = {
  out: BAD,
  low: CAREFUL,
  attention: CAREFUL,
  well: { icon: CheckmarkCircle20Filled, ink: 'ok', tint: 'ok-tint', stroke: 'ok-stroke' },
  unknown: { icon: QuestionCircle20Regular, ink: 'ink-2', tint: 'card', stroke: 'strong' },
};

const useStyles = makeStyles({
  banner: {
    display: 'flex',
    alignItems: 'center',
    gap: '16px',
    padding: '16px',
    borderRadius: '6px',
  },
  icon: { flexShrink: 0, width: '40px', height: '40px' },
});

/** The answer: one sentence, and how bad it is. */
export function AdviceBanner({ document }: { readonly document: DoctorDocument }): ReactNode {
  const styles = useStyles();
  const { advice, severity } = document;
  const { icon: Icon, ink, tint, stroke } = LOOKS[severity];
  return (
    <div
      className={styles.banner}
      style={{
        backgroundColor: color(tint),
        border: `1px solid ${color(stroke)}`,
        borderLeft: `6px solid ${color(ink)}`,
      }}
    >
      <Icon className={styles.icon} style={{ color: color(ink) }} aria-hidden />
      <PageHeading>{advice}</PageHeading>
    </div>
  );
}
