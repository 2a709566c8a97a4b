import { lazy, useEffect, type ReactNode } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { earlyScreen } from './early-screen.tsx';

// Each screen is its own chunk: the first one shows without the others' code.
const HostScreen = lazy(async () => ({
  default: (await import('../screens/host/index.tsx')).HostScreen,
}));
const DoctorScreen = lazy(async () => ({
  default: (await import('../screens/doctor/index.tsx')).DoctorScreen,
}));
const ExperimentsScreen = lazy(async () => ({
  default: (await import('../screens/experiments/index.tsx')).ExperimentsScreen,
}));
const ExperimentScreen = lazy(async () => ({
  default: (await import('../screens/experiments/index.tsx')).ExperimentScreen,
}));
const LiveScreen = lazy(async () => ({
  default: (await import('../screens/live/index.tsx')).LiveScreen,
}));
const ClaimsScreen = lazy(async () => ({
  default: (await import('../screens/claims/index.tsx')).ClaimsScreen,
}));
const PlannerScreen = lazy(async () => ({
  default: (await import('../screens/planner/index.tsx')).PlannerScreen,
}));
const CompareScreen = lazy(async () => ({
  default: (await import('../screens/compare/index.tsx')).CompareScreen,
}));
const RunsScreen = lazy(async () => ({
  default: (await import('../screens/runs/index.tsx')).RunsScreen,
}));
const replay = earlyScreen(async () => (await import('../screens/replay/index.tsx')).ReplayOfRun);
const RunScreen = lazy(async () => ({
  default: (await import('../screens/run/index.tsx')).RunScreen,
}));

/** What is shown where. An unknown place leads to the host. */
export function Routes(): ReactNode {
  const [location] = useLocation();
  const atRuns = location.startsWith('/runs');
  // A replay is one click away then, and should open at once.
  useEffect(() => {
    if (!atRuns) return undefined;
    const idle = requestIdleCallback(() => replay.fetch());
    return () => cancelIdleCallback(idle);
  }, [atRuns]);
  return (
    <Switch>
      <Route path="/host">
        <HostScreen />
      </Route>
      <Route path="/doctor">
        <DoctorScreen />
      </Route>
      <Route path="/experiments">
        <ExperimentsScreen />
      </Route>
      <Route path="/experiments/:id">{({ id }) => <ExperimentScreen key={id} id={id} />}</Route>
      <Route path="/live/:run">{({ run }) => <LiveScreen key={run} run={run} />}</Route>
      <Route path="/claims">
        <ClaimsScreen />
      </Route>
      <Route path="/planner">
        <PlannerScreen />
      </Route>
      <Route path="/compare/:runs">{({ runs }) => <CompareScreen key={runs} path={runs} />}</Route>
      <Route path="/runs">
        <RunsScreen />
      </Route>
      <Route path="/runs/:id/replay">{({ id }) => <replay.Screen key={id} run={id} />}</Route>
      <Route path="/runs/:id">{({ id }) => <RunScreen key={id} id={id} />}</Route>
      <Route>
        <Redirect to="/host" replace />
      </Route>
    </Switch>
  );
}
