import type { ReactNode } from 'react';
import { color } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';

const useStyles = makeStyles({
  legend: { display: 'flex', flexWrap: 'wrap', gap: '4px 16px', listStyleType: 'none' },
  entry: { display: 'flex', alignItems: 'center', gap: '6px' },
});

/** What the port bar's fills mean. */
export function PortLegend(): ReactNode {
  const styles = useStyles();
  return (
    <ul className={styles.legend} aria-label="Legend of the port bar">
      <Entry text="Dynamic range" fill={color('accent-tint')} stroke={color('accent')} />
      <Entry text="In use" fill={color('others')} stroke={color('others')} />
      <Entry text="Excluded" fill={color('card')} stroke={color('hatch')} hatch />
      <Entry text="Outside range" fill={color('free')} stroke={color('strong')} />
    </ul>
  );
}

function Entry(props: {
  readonly text: string;
  readonly fill: string;
  readonly stroke: string;
  readonly hatch?: boolean;
}): ReactNode {
  const styles = useStyles();
  return (
    <li className={styles.entry}>
      <svg width="16" height="14" viewBox="0 0 16 14" aria-hidden focusable="false">
        <rect
          x="0.75"
          y="0.75"
          width="14.5"
          height="12.5"
          rx="2"
          fill={props.fill}
          stroke={props.stroke}
          strokeWidth="1.5"
        />
        {props.hatch === true && (
          <path d="M2 12L12 2M7 12.5L14 5.5M2 7L7 2" stroke={color('hatch')} strokeWidth="1.5" />
        )}
      </svg>
      {props.text}
    </li>
  );
}
