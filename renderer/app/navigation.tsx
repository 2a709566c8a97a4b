import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useLab } from '../connection/use-lab.ts';
import { color } from '../kit/colors.ts';
import { Tooltip, makeStyles, mergeClasses } from '../kit/fluent.ts';
import {
  Beaker20Filled,
  Beaker20Regular,
  Calculator20Filled,
  Calculator20Regular,
  ClipboardCheckmark20Filled,
  ClipboardCheckmark20Regular,
  History20Filled,
  History20Regular,
  Server20Filled,
  Server20Regular,
  Stethoscope20Filled,
  Stethoscope20Regular,
} from '../kit/icons.ts';
import { useMedia } from '../kit/use-media.ts';
import { ThemeMenu } from './theme-menu.tsx';

const PLACES = [
  { to: '/host', below: ['/host'], text: 'Host', icon: Server20Regular, on: Server20Filled },
  {
    to: '/doctor',
    below: ['/doctor'],
    text: 'Doctor',
    icon: Stethoscope20Regular,
    on: Stethoscope20Filled,
  },
  {
    to: '/experiments',
    below: ['/experiments', '/live'],
    text: 'Experiments',
    icon: Beaker20Regular,
    on: Beaker20Filled,
  },
  {
    to: '/runs',
    below: ['/runs', '/compare'],
    text: 'Runs',
    icon: History20Regular,
    on: History20Filled,
  },
  {
    to: '/claims',
    below: ['/claims'],
    text: 'Claims',
    icon: ClipboardCheckmark20Regular,
    on: ClipboardCheckmark20Filled,
  },
  {
    to: '/planner',
    below: ['/planner'],
    text: 'Planner',
    icon: Calculator20Regular,
    on: Calculator20Filled,
  },
] as const;

const useStyles = makeStyles({
  nav: {
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'space-between',
    gap: '8px',
    width: '200px',
    padding: '8px',
    overflowY: 'auto',
    overflowX: 'hidden',
    backgroundColor: color('quiet'),
    borderRight: `1px solid ${color('stroke')}`,
  },
  rail: { width: '48px', padding: '8px 4px' },
  places: { listStyleType: 'none', display: 'flex', flexDirection: 'column', gap: '2px' },
  item: {
    position: 'relative',
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    minHeight: '36px',
    padding: '0 12px',
    borderRadius: '4px',
    textDecorationLine: 'none',
    color: color('ink-2'),
    ':hover': { backgroundColor: color('card'), color: color('ink') },
    ':focus-visible': { outlineOffset: '-2px' },
  },
  railItem: { justifyContent: 'center', padding: 0 },
  here: {
    backgroundColor: color('card'),
    outline: `1px solid ${color('stroke')}`,
    outlineOffset: '-1px',
    color: color('ink'),
    fontWeight: 600,
    // A mark beside colour and weight, which forced colours keep.
    '::before': {
      content: '""',
      position: 'absolute',
      left: 0,
      top: '9px',
      bottom: '9px',
      width: '3px',
      borderRadius: '2px',
      backgroundColor: color('accent'),
      '@media (forced-colors: active)': { forcedColorAdjust: 'none' },
    },
    '& svg': { color: color('accent-text') },
  },
  live: { display: 'flex', alignItems: 'center', gap: '6px', marginLeft: 'auto', fontSize: '12px' },
  railLive: { position: 'absolute', top: '6px', right: '6px' },
  dot: {
    display: 'block',
    width: '8px',
    height: '8px',
    borderRadius: '50%',
    backgroundColor: color('accent'),
    '@media (forced-colors: active)': { forcedColorAdjust: 'none' },
  },
});

/** The screens there are. Below 1200 px a rail of icons with their names at hand. */
export function Navigation(): ReactNode {
  const styles = useStyles();
  const [location] = useLocation();
  const running = useLab().activities.length;
  const rail = useMedia('(max-width: 1199px)');
  return (
    <nav className={mergeClasses(styles.nav, rail && styles.rail)} aria-label="Screens">
      <ul className={styles.places}>
        {PLACES.map(({ to, below, text, icon, on }) => {
          const here = below.some((path) => location === path || location.startsWith(`${path}/`));
          const Icon = here ? on : icon;
          const live = to === '/experiments' && running > 0;
          const link = (
            <Link
              href={to}
              aria-current={here ? 'page' : undefined}
              className={mergeClasses(styles.item, rail && styles.railItem, here && styles.here)}
            >
              <Icon aria-hidden />
              <span className={rail ? 'visually-hidden' : undefined}>{text}</span>
              {live && (
                <span className={rail ? styles.railLive : styles.live}>
                  <span className={styles.dot} aria-hidden />
                  <span className={rail ? 'visually-hidden' : undefined}>
                    {running}
                    <span className="visually-hidden"> running</span>
                  </span>
                </span>
              )}
            </Link>
          );
          return (
            <li key={to}>
              {rail ? (
                <Tooltip content={text} relationship="inaccessible" positioning="after">
                  {link}
                </Tooltip>
              ) : (
                link
              )}
            </li>
          );
        })}
      </ul>
      <ThemeMenu rail={rail} />
    </nav>
  );
}
