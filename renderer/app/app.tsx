import { Suspense, type ReactNode } from 'react';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { HostFactsProvider } from '../connection/use-host.ts';
import { color } from '../kit/colors.ts';
import { Spinner, makeStyles, shorthands } from '../kit/fluent.ts';
import { focusHeading } from '../kit/page-focus.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { Navigation } from './navigation.tsx';
import { Notices } from './notices.tsx';
import { Routes } from './routes.tsx';
import { RunningBars } from './running-bar.tsx';
import { ScreenFailure } from './screen-failure.tsx';
import { StatusLine } from './status-line.tsx';
import { StopRunsProvider } from './stop-runs.tsx';
import { useArrival } from './use-arrival.ts';

const useStyles = makeStyles({
  shell: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gridTemplateRows: 'minmax(0, 1fr) auto',
    height: '100%',
    backgroundColor: color('page'),
    color: color('ink'),
    lineHeight: '20px',
  },
  skip: {
    position: 'absolute',
    left: '8px',
    top: '-60px',
    zIndex: 10,
    padding: '6px 12px',
    borderRadius: '4px',
    backgroundColor: color('card'),
    border: `1px solid ${color('strong')}`,
    color: color('accent-text'),
    font: 'inherit',
    ':focus': { top: '8px' },
  },
  content: { display: 'flex', flexDirection: 'column', minWidth: 0, minHeight: 0 },
  bars: {
    flexShrink: 0,
    maxHeight: '45%',
    overflowY: 'auto',
    '& .fui-MessageBar': {
      borderRadius: 0,
      ...shorthands.borderStyle('none', 'none', 'solid'),
      paddingLeft: '24px',
      paddingRight: '24px',
    },
  },
  main: {
    position: 'relative',
    flexGrow: 1,
    minHeight: 0,
    overflowY: 'auto',
    overflowX: 'hidden',
    // What gets the focus must not hide under the edge.
    scrollPadding: '16px',
  },
  loading: { padding: '32px' },
});

/** The frame every screen stands in: navigation, what goes on, the screen, the status line. */
export function App(): ReactNode {
  return (
    <Router hook={useHashLocation}>
      <HostFactsProvider>
        <StopRunsProvider>
          <Shell />
        </StopRunsProvider>
      </HostFactsProvider>
    </Router>
  );
}

function Shell(): ReactNode {
  const styles = useStyles();
  const main = useArrival();
  return (
    <div className={styles.shell}>
      <button type="button" className={styles.skip} onClick={focusHeading}>
        Skip to the content
      </button>
      <Navigation />
      <div className={styles.content}>
        <div className={styles.bars}>
          <ConnectionBanner />
          <Notices />
          <RunningBars />
        </div>
        <main ref={main} id="main" className={styles.main}>
          <ScreenFailure>
            <Suspense
              fallback={<Spinner size="small" className={styles.loading} label="Loading" />}
            >
              <Routes />
            </Suspense>
          </ScreenFailure>
        </main>
      </div>
      <StatusLine />
    </div>
  );
}
