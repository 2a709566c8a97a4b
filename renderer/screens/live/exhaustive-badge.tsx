import type { ReactNode } from 'react';
import { color } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';
import { Warning16Filled } from '../../kit/icons.ts';

const useStyles = makeStyles({
  badge: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    height: '20px',
    padding: '0 8px 0 6px',
    borderRadius: '4px',
    border: `1px solid ${color('warn-stroke')}`,
    backgroundColor: color('warn-tint'),
    color: color('warn'),
    fontWeight: 600,
    whiteSpace: 'nowrap',
  },
});

/** The run may go below the reserve; on Windows somebody typed its name for that. */
export function ExhaustiveBadge({ real }: { readonly real: boolean }): ReactNode {
  return (
    <span className={useStyles().badge}>
      <Warning16Filled aria-hidden />
      {real ? 'exhaustive, confirmed' : 'exhaustive'}
    </span>
  );
}
