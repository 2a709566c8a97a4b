import type { ReactNode } from 'react';
import type { Finding } from '#engine/run/run-document.ts';
import { color, type ColorToken } from '../../kit/colors.ts';
import { DismissCircle16Filled, Info16Regular, Warning16Filled } from '../../kit/icons.ts';

const LOOKS = {
  info: [Info16Regular, 'ink-2'],
  warning: [Warning16Filled, 'warn'],
  error: [DismissCircle16Filled, 'error'],
} as const satisfies Record<Finding['severity'], readonly [typeof Info16Regular, ColorToken]>;

export function severityInk(severity: Finding['severity']): string {
  return color(LOOKS[severity][1]);
}

/** The icon, and the word for who can't see it. */
export function SeverityMark({ severity }: Pick<Finding, 'severity'>): ReactNode {
  const [Icon, ink] = LOOKS[severity];
  return (
    <>
      <Icon aria-hidden style={{ color: color(ink), flexShrink: 0, marginTop: '2px' }} />
      <span className="visually-hidden">{severity}: </span>
    </>
  );
}
