import type { SwitchAnswer } from '#engine/api/views.ts';
import type { HostFacts } from '#engine/model/host-facts.ts';
import type { RunDocument, RunHead } from '#engine/run/run-document.ts';
import { basisOf } from './standing.ts';

/** What is needed of the recorded runs. */
interface Runs {
  list(): readonly RunHead[];
  get(id: string): RunDocument;
}

/** One machine in one state: an update, or another Wine, may answer otherwise. */
export type HostState = Pick<HostFacts, 'hostname' | 'wine'> & {
  readonly os: Pick<HostFacts['os'], 'build'>;
};

/**
 * What runs on real sockets of that host said of the model's switches, newest first. Of TCP over IPv4,
 * which is what plans are for.
 * @param without runs that are about to be deleted
 */
export function switchAnswers(
  runs: Runs,
  host: HostState,
  without: readonly string[],
): SwitchAnswer[] {
  return runs
    .list()
    .filter((run) => !without.includes(run.id) && isOf(run, host))
    .flatMap(({ id, host: ran, stack }) => {
      const basis = basisOf({ stack, wine: ran.wine });
      if (basis === 'modelled') return [];
      const said = (runs.get(id).answers ?? []).filter(
        ({ protocol, family }) => protocol === 'tcp' && family === 'ipv4',
      );
      return said.map(({ id: of, value }) => ({ id: of, value, basis, run: id }));
    });
}

function isOf({ stack, host }: RunHead, { hostname, wine, os }: HostState): boolean {
  return (
    stack === 'winsock' &&
    host.hostname === hostname &&
    host.wine === wine &&
    host.os.build === os.build
  );
}
