import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { color } from './colors.ts';
import { makeStyles, mergeClasses } from './fluent.ts';

export interface Segment<Value> {
  readonly value: Value;
  readonly text: string;
  /** What it is, where the text is too short to say. */
  readonly title?: string;
}

export interface SegmentsProps<Value> {
  readonly label: string;
  readonly segments: readonly Segment<Value>[];
  readonly value: Value;
  onChange(value: Value): void;
}

const useStyles = makeStyles({
  group: {
    display: 'inline-flex',
    border: `1px solid ${color('strong')}`,
    borderRadius: '4px',
    overflow: 'hidden',
  },
  segment: {
    minHeight: '24px',
    minWidth: '32px',
    padding: '0 8px',
    border: 'none',
    borderLeft: `1px solid ${color('stroke')}`,
    backgroundColor: color('card'),
    font: 'inherit',
    fontSize: '12px',
    color: color('ink-2'),
    cursor: 'pointer',
    ':first-child': { borderLeftStyle: 'none' },
    ':hover': { backgroundColor: color('quiet'), color: color('ink') },
    ':focus-visible': { outlineOffset: '-2px' },
  },
  chosen: {
    backgroundColor: color('accent-tint'),
    boxShadow: `inset 0 -2px 0 ${color('accent')}`,
    fontWeight: 600,
    color: color('ink'),
    '@media (forced-colors: active)': {
      forcedColorAdjust: 'none',
      backgroundColor: 'Highlight',
      color: 'HighlightText',
    },
  },
});

/** One of a few: all in view, one tab stop, arrows choose. */
export function Segments<Value>(props: SegmentsProps<Value>): ReactNode {
  const { label, segments, value, onChange } = props;
  const styles = useStyles();
  const group = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent, at: number): void {
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      Home: 0,
      End: segments.length - 1,
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const next = (move + segments.length) % segments.length;
    const segment = segments[next];
    if (segment !== undefined) onChange(segment.value);
    group.current?.querySelectorAll('button')[next]?.focus();
  }

  return (
    <div ref={group} role="radiogroup" aria-label={label} className={styles.group}>
      {segments.map((segment, at) => {
        const chosen = segment.value === value;
        return (
          <button
            key={segment.text}
            type="button"
            role="radio"
            aria-checked={chosen}
            tabIndex={chosen ? 0 : -1}
            title={segment.title}
            className={mergeClasses(styles.segment, chosen && styles.chosen)}
            onClick={() => onChange(segment.value)}
            onKeyDown={(event) => onKeyDown(event, at)}
          >
            {segment.text}
          </button>
        );
      })}
    </div>
  );
}
