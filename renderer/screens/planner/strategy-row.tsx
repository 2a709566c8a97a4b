import type { CSSProperties, ReactNode } from 'react';
import { thousands } from '#engine/model/words.ts';
import type { StrategyPlan } from '#engine/planner/plan-document.ts';
import { color } from '../../kit/colors.ts';
import { makeStyles, mergeClasses } from '../../kit/fluent.ts';
import { StrategyLetter } from '../../kit/marks.tsx';
import { PLAN_STRATEGY_TITLE, fullAfter, spanWords, strategyMeans } from './plan-words.ts';

export interface StrategyRowProps {
  readonly plan: StrategyPlan;
  readonly recommended: boolean;
  readonly atHand: number;
  /** What a whole bar stands for. */
  readonly mostAddresses: number;
  readonly mostLeft: number;
  /** New connections a second were asked for. */
  readonly rated: boolean;
}

const useStyles = makeStyles({
  recommended: {
    '& > *': { backgroundColor: color('accent-tint') },
    // A mark beside the colour, which forced colours keep.
    '& > :first-child': { boxShadow: `inset 3px 0 0 ${color('accent')}` },
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
  },
  name: { display: 'flex', alignItems: 'center', gap: '8px', fontWeight: 600 },
  small: { display: 'block', fontSize: '12px', lineHeight: '16px', fontWeight: 400 },
  means: { color: color('ink-3'), whiteSpace: 'nowrap' },
  chosen: { color: color('accent-text'), fontWeight: 600, whiteSpace: 'nowrap' },
  measure: { display: 'flex', alignItems: 'center', gap: '8px' },
  figure: { minWidth: '32px', textAlign: 'right', fontWeight: 600, whiteSpace: 'nowrap' },
  left: { minWidth: '92px' },
  shortTrack: { flexBasis: '76px', maxWidth: '76px' },
  none: { color: color('error') },
  track: {
    position: 'relative',
    flex: '1 1 100px',
    minWidth: '40px',
    maxWidth: '100px',
    height: '12px',
    backgroundColor: color('track'),
    '@media (forced-colors: active)': { outline: '1px solid GrayText' },
  },
  fill: { position: 'absolute', top: 0, bottom: 0, left: 0, forcedColorAdjust: 'none' },
  span: {
    position: 'absolute',
    top: 0,
    bottom: 0,
    border: `1px solid ${color('ink-2')}`,
    backgroundImage: `repeating-linear-gradient(135deg, ${color('ink-2')} 0 2px, transparent 2px 6px)`,
    forcedColorAdjust: 'none',
  },
  atHand: {
    position: 'absolute',
    top: '-5px',
    bottom: '-5px',
    width: 0,
    borderLeft: `2px dashed ${color('ink')}`,
    // Bars have the same colour there.
    '@media (forced-colors: active)': { outline: '1px solid Canvas' },
  },
  limit: { fontSize: '12px', lineHeight: '16px' },
  right: { '&&': { textAlign: 'right' }, fontWeight: 600, whiteSpace: 'nowrap' },
});

/** One strategy: what it takes, what it leaves, and what ends it. */
export function StrategyRow(props: StrategyRowProps): ReactNode {
  const { plan, recommended, rated } = props;
  const styles = useStyles();
  const { strategy, secondsToExhaustion, firstLimit } = plan;
  return (
    <tr className={mergeClasses(recommended && styles.recommended)}>
      <th scope="row">
        <span className={styles.name}>
          <StrategyLetter strategy={strategy} />
          <span>
            {PLAN_STRATEGY_TITLE[strategy]}
            <span
              className={mergeClasses(styles.small, recommended ? styles.chosen : styles.means)}
            >
              {recommended ? `recommended, ${strategyMeans(plan)}` : strategyMeans(plan)}
            </span>
          </span>
        </span>
      </th>
      <td>
        <Needed {...props} />
      </td>
      <td>
        <Left {...props} />
      </td>
      <td className={styles.right}>
        {rated ? (
          fullAfter(secondsToExhaustion)
        ) : (
          <span title="No new connections per second were asked for.">–</span>
        )}
      </td>
      <td className={styles.limit}>{firstLimit}</td>
    </tr>
  );
}

function Needed({ plan, atHand, mostAddresses }: StrategyRowProps): ReactNode {
  const styles = useStyles();
  const { strategy, addressesNeeded } = plan;
  if (addressesNeeded === null) {
    return (
      <div className={mergeClasses(styles.measure, styles.none)}>
        <span className={styles.figure}>none</span>
        <span className={styles.small}>no number of addresses is enough</span>
      </div>
    );
  }
  const hue = color(strategy === 'wider-range' ? 'legacy' : strategy);
  return (
    <div className={styles.measure}>
      <span className={styles.figure}>
        {thousands(addressesNeeded)}
        {addressesNeeded > atHand && (
          <span className="visually-hidden">, {thousands(addressesNeeded - atHand)} short</span>
        )}
      </span>
      <div className={styles.track} aria-hidden>
        <div
          className={styles.fill}
          style={{ width: share(addressesNeeded, mostAddresses), backgroundColor: hue }}
        />
        <div
          className={styles.atHand}
          style={{ left: `calc(${share(atHand, mostAddresses)} - 1px)` }}
        />
      </div>
    </div>
  );
}

function Left({ plan, mostLeft }: StrategyRowProps): ReactNode {
  const styles = useStyles();
  const { min, max } = plan.portsLeftForLegacy;
  const uncertain: CSSProperties = {
    left: share(min, mostLeft),
    width: share(max - min, mostLeft),
  };
  return (
    <div className={styles.measure}>
      <span className={mergeClasses(styles.figure, styles.left, max === 0 && styles.none)}>
        {spanWords(plan.portsLeftForLegacy)}
      </span>
      <div className={mergeClasses(styles.track, styles.shortTrack)} aria-hidden>
        <div
          className={styles.fill}
          style={{ width: share(min, mostLeft), backgroundColor: color('ink-2') }}
        />
        {max > min && <div className={styles.span} style={uncertain} />}
      </div>
    </div>
  );
}

function share(value: number, most: number): string {
  return `${most <= 0 ? 0 : Math.min(100, (value / most) * 100).toFixed(2)}%`;
}
