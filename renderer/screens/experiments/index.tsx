export { ExperimentsScreen } from './catalogue.tsx';
export { ExperimentScreen } from './experiment-screen.tsx';
