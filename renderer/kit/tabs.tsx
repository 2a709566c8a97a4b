import {
  createContext,
  useContext,
  useMemo,
  useRef,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { makeStyles, mergeClasses } from '@fluentui/react-components';
import { color } from './colors.ts';

/**
 * Tabs as Fluent has them, in looks and props. Fluent's own put focusable, hidden sentinels into the
 * list, which no accessibility check lets pass.
 */
export interface TabListProps {
  readonly selectedValue: string;
  onTabSelect(event: unknown, data: { readonly value: string }): void;
  readonly size?: 'small' | 'medium';
  readonly className?: string;
  readonly 'aria-label'?: string;
  readonly children: ReactNode;
}

export interface TabProps {
  readonly value: string;
  readonly icon?: ReactNode;
  readonly id?: string;
  readonly disabled?: boolean;
  readonly 'aria-controls'?: string;
  readonly children: ReactNode;
}

interface TabContext {
  readonly selected: string;
  readonly small: boolean;
  select(value: string): void;
}

const Context = createContext<TabContext | null>(null);

const useStyles = makeStyles({
  list: { display: 'flex', flexWrap: 'wrap', gap: '0 4px' },
  tab: {
    position: 'relative',
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    minHeight: '40px',
    padding: '0 12px',
    border: 'none',
    borderRadius: '4px',
    backgroundColor: 'transparent',
    font: 'inherit',
    fontSize: '14px',
    lineHeight: '20px',
    color: color('ink-2'),
    cursor: 'pointer',
    ':hover': { color: color('ink'), backgroundColor: color('quiet') },
    ':disabled': { color: color('strong'), cursor: 'default' },
    '::after': {
      content: '""',
      position: 'absolute',
      left: '12px',
      right: '12px',
      bottom: '2px',
      height: '3px',
      borderRadius: '2px',
    },
  },
  small: {
    minHeight: '32px',
    padding: '0 8px',
    '::after': { left: '8px', right: '8px', bottom: 0, height: '2px' },
  },
  selected: {
    color: color('ink'),
    fontWeight: 600,
    '::after': {
      backgroundColor: color('accent'),
      '@media (forced-colors: active)': { forcedColorAdjust: 'none' },
    },
  },
  // As wide as when selected, so that choosing moves nothing.
  text: {
    display: 'inline-grid',
    '::after': {
      content: 'attr(data-text)',
      height: 0,
      overflow: 'hidden',
      visibility: 'hidden',
      fontWeight: 600,
    },
  },
});

/** One tab stop; arrows, Home and End choose. */
export function TabList(props: TabListProps): ReactNode {
  const { selectedValue, onTabSelect, size = 'medium', className, children } = props;
  const styles = useStyles();
  const list = useRef<HTMLDivElement>(null);
  const latest = useRef(onTabSelect);
  latest.current = onTabSelect;
  const context = useMemo(
    () => ({
      selected: selectedValue,
      small: size === 'small',
      select: (value: string) => latest.current(null, { value }),
    }),
    [selectedValue, size],
  );

  function onKeyDown(event: KeyboardEvent): void {
    const tabs = [...(list.current?.querySelectorAll<HTMLElement>('[role=tab]:enabled') ?? [])];
    const at = tabs.findIndex((tab) => tab === document.activeElement);
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: (at + 1) % tabs.length,
      ArrowLeft: (at + tabs.length - 1) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    };
    const next = tabs[moves[event.key] ?? -1];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    next.focus();
    next.click();
  }

  return (
    <Context.Provider value={context}>
      <div
        ref={list}
        role="tablist"
        aria-label={props['aria-label']}
        className={mergeClasses(styles.list, className)}
        onKeyDown={onKeyDown}
      >
        {children}
      </div>
    </Context.Provider>
  );
}

export function Tab(props: TabProps): ReactNode {
  const { value, icon, id, disabled, children } = props;
  const styles = useStyles();
  const context = useContext(Context);
  if (context === null) throw new Error('outside TabList');
  const selected = context.selected === value;
  return (
    <button
      type="button"
      role="tab"
      id={id}
      disabled={disabled}
      aria-selected={selected}
      aria-controls={selected ? props['aria-controls'] : undefined}
      tabIndex={selected ? 0 : -1}
      className={mergeClasses(
        styles.tab,
        context.small && styles.small,
        selected && styles.selected,
      )}
      onClick={() => context.select(value)}
    >
      {icon}
      {typeof children === 'string' ? (
        <span className={styles.text} data-text={children}>
          {children}
        </span>
      ) : (
        children
      )}
    </button>
  );
}
