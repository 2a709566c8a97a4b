import type { HostFacts } from '#engine/model/host-facts.ts';
import type { RunDocument, RunHead } from '#engine/run/run-document.ts';

/** What `honouredBy` needs of the recorded runs. */
interface Runs {
  list(): readonly RunHead[];
  get(id: string): RunDocument;
}

/**
 * Whether SO_PORT_SCALABILITY changes allocation on this host and build, if a recorded run says so:
 * PS-2 settled on real Windows sockets. Anything else stays `unknown`.
 */
export function honouredBy(host: HostFacts, runs: Runs): HostFacts['options'] {
  if (host.wine !== null || host.platform !== 'win32') return host.options;
  const ofThisHost = runs
    .list()
    .filter(
      (run) =>
        run.stack === 'winsock' &&
        run.status === 'complete' &&
        run.host.hostname === host.hostname &&
        run.host.os.build === host.os.build,
    );
  for (const { id } of ofThisHost) {
    const outcomes = runs
      .get(id)
      .claims.filter((result) => result.id === 'PS-2' && result.basis === 'measured')
      .map(({ outcome }) => outcome);
    // Refuted on one adapter and confirmed on two, the option is honoured (KB2826167).
    const works = outcomes.includes('confirmed');
    if (!works && !outcomes.includes('refuted')) continue;
    const honoured = works ? 'yes' : 'no';
    return {
      ...host.options,
      SO_PORT_SCALABILITY: { ...host.options.SO_PORT_SCALABILITY, honoured, evidence: id },
    };
  }
  return host.options;
}
