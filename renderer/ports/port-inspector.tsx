import type { KeyboardEvent, ReactNode } from 'react';
import { contains } from '#engine/model/port-range.ts';
import { formatNumber } from '#engine/chart/format.ts';
import { count } from '#engine/model/words.ts';
import type { RunPool } from '#engine/run/run-pool.ts';
import { color } from '../kit/colors.ts';
import { makeStyles } from '../kit/fluent.ts';
import type { PortMapData } from './port-map-data.ts';

export interface PortInspectorProps {
  readonly map: PortMapData;
  readonly pool: RunPool;
  readonly addresses: readonly string[];
  readonly port: number | null;
  onPort(port: number): void;
}

/** How far a key goes. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 512,
  PageDown: -512,
};

const useStyles = makeStyles({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '4px 12px',
    marginTop: '12px',
    padding: '6px 12px',
    borderRadius: '4px',
    border: `1px solid ${color('strong')}`,
    color: color('ink-2'),
    '& > strong': { color: color('ink') },
  },
});

/** One number of the map in words; the arrow keys move from number to number. */
export function PortInspector(props: PortInspectorProps): ReactNode {
  const { pool, port, onPort } = props;
  const styles = useStyles();
  const first = pool.range.start;
  const last = first + pool.range.count - 1;
  const move = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    const to = event.key === 'Home' ? first : event.key === 'End' ? last : null;
    if (step === undefined && to === null) return;
    event.preventDefault();
    const from = port ?? first - Math.max(0, step ?? 0);
    onPort(Math.min(last, Math.max(first, to ?? from + (step ?? 0))));
  };
  const words =
    port === null ? 'none yet: arrow keys, or a click on the map' : wordsOf(props, port);
  return (
    <div
      className={styles.line}
      role="slider"
      tabIndex={0}
      aria-label="Port looked at"
      aria-valuemin={first}
      aria-valuemax={last}
      aria-valuenow={port ?? first}
      aria-valuetext={port === null ? words : `${port}: ${words}`}
      onKeyDown={move}
    >
      <strong>{port === null ? 'Port' : formatNumber(port)}</strong>
      <span>{words}</span>
    </div>
  );
}

function wordsOf({ map, pool, addresses }: PortInspectorProps, port: number): string {
  if (pool.excluded.some((range) => contains(range, port))) return 'excluded: never given';
  const at = port - map.start;
  const holders = map.holders[at] ?? 0;
  if (holders === 0) return 'not held by the lab';
  if (map.held.length === 0)
    return `held on ${formatNumber(holders)} of ${count(addresses.length, 'address')}`;
  const where = addresses.filter((_, band) => map.held[band]?.[at] === 1);
  return `held on ${where.join(', ')}`;
}
