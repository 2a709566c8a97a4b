import type { CSSProperties, ReactNode } from 'react';
import { thousands } from '#engine/model/words.ts';
import type { Arm, Basis } from '#engine/run/run-document.ts';
import { BasisBar } from '../../../kit/basis-bar.tsx';
import { color } from '../../../kit/colors.ts';
import { makeStyles, mergeClasses } from '../../../kit/fluent.ts';
import { addressStrip, addressesWords } from './arm-words.ts';

/** Up to so many addresses get a bar and a figure of their own. */
const MOST_BARS = 8;
/** Beyond, a column each; where they are more than columns can be seen, neighbours share one. */
const MOST_COLUMNS = 96;

const HUE = 'var(--bar-hue)';

const useStyles = makeStyles({
  bars: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(60px, 1fr) auto',
    alignItems: 'center',
    gap: '1px 8px',
    fontSize: '11px',
    lineHeight: '14px',
    color: color('ink-2'),
    padding: '3px 0',
  },
  track: { height: '12px', backgroundColor: color('track') },
  number: { textAlign: 'right' },
  words: { fontSize: '12px', lineHeight: '16px', color: color('ink-2') },
  strip: {
    display: 'flex',
    alignItems: 'flex-end',
    height: '32px',
    margin: '3px 0',
    backgroundColor: color('track'),
    forcedColorAdjust: 'none',
  },
  column: { position: 'relative', flex: '1 1 0', minWidth: 0, height: '100%' },
  most: { position: 'absolute', insetInline: 0, bottom: 0, backgroundColor: HUE, opacity: 0.35 },
  least: { position: 'absolute', insetInline: 0, bottom: 0, backgroundColor: HUE },
  // In a strip there is no room for an outline: the model's columns stand apart, Wine's are pale.
  leastWine: { opacity: 0.6 },
  leastModelled: {
    backgroundColor: 'transparent',
    backgroundImage: `repeating-linear-gradient(135deg, ${HUE} 0 2px, transparent 2px 4px)`,
    borderTop: `1px solid ${HUE}`,
  },
});

export interface AddressBarsProps {
  readonly arm: Arm;
  readonly basis: Basis;
  /** Ports of a full bar. */
  readonly full: number;
}

/** Ports of each address on one scale. Filled is measured, dotted is Wine, hatched is modelled. */
export function AddressBars(props: AddressBarsProps): ReactNode {
  const { arm, basis, full } = props;
  const styles = useStyles();
  const entries = Object.entries(arm.perAddress);
  if (entries.length === 0) return <span className={styles.words}>no address</span>;
  if (entries.length > MOST_BARS) return <Strip {...props} />;
  return (
    <div className={styles.bars}>
      {entries.map(([address, ports]) => (
        <Bar key={address} {...{ address, ports, basis, full }} strategy={arm.strategy} />
      ))}
    </div>
  );
}

function Bar(props: {
  readonly address: string;
  readonly ports: number;
  readonly strategy: Arm['strategy'];
  readonly basis: Basis;
  readonly full: number;
}): ReactNode {
  const { address, ports, strategy, basis, full } = props;
  const styles = useStyles();
  return (
    <>
      <span>{address}</span>
      <span className={styles.track} aria-hidden>
        <BasisBar share={share(ports, full)} basis={basis} hue={color(strategy)} />
      </span>
      <span className={styles.number}>{thousands(ports)}</span>
    </>
  );
}

function Strip({ arm, basis, full }: AddressBarsProps): ReactNode {
  const styles = useStyles();
  const least = mergeClasses(
    styles.least,
    basis === 'wine' && styles.leastWine,
    basis === 'modelled' && styles.leastModelled,
  );
  return (
    <div style={hueOf(arm)}>
      <span className={styles.words}>{addressesWords(arm.perAddress)}</span>
      <div className={styles.strip} aria-hidden>
        {addressStrip(arm.perAddress, MOST_COLUMNS).map((column) => (
          <div key={column.name} className={styles.column} title={titleOf(column)}>
            {column.most > column.least && (
              <div
                className={styles.most}
                style={{ height: `${(share(column.most, full) * 100).toFixed(2)}%` }}
              />
            )}
            <div
              className={least}
              style={{ height: `${(share(column.least, full) * 100).toFixed(2)}%` }}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

/** One set of rules draws every strategy: its colour comes in as a variable. */
function hueOf({ strategy }: Arm): CSSProperties {
  return { '--bar-hue': color(strategy) } as CSSProperties;
}

function titleOf({ name, least, most }: { name: string; least: number; most: number }): string {
  return least === most
    ? `${name}: ${thousands(most)}`
    : `${name}: ${thousands(least)} to ${thousands(most)}`;
}

/** 0 to 1. */
function share(ports: number, full: number): number {
  return Math.min(1, ports / Math.max(1, full));
}
