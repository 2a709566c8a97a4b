import {
  learnProfile,
  type HostShape,
  type LearnedFrom,
  type LearnedProfile,
  type RunToLearnFrom,
} from '#engine/profile/learn-profile.ts';
import { parseProfileFile } from '#engine/profile/profile-file.ts';
import { measuredRows } from '#engine/claim/rules/bind-matrix-table.ts';
import { PROTOCOLS } from '#engine/model/protocol.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import type { RunLibrary } from '#data/run-library.ts';
import { basisOf } from './standing.ts';
import { seenSpans } from './seen-spans.ts';

/**
 * A profile made of recorded runs of one host.
 * @param ids as in `RunLibrary.get`; twice the same counts once
 * @throws LabError usage: no such run, or runs that do not go together
 */
export function learnFrom(library: RunLibrary, ids: readonly string[]): LearnedProfile {
  const documents = new Map(ids.map((id) => library.get(id)).map((one) => [one.run.id, one]));
  const newest = [...documents.values()].toSorted((a, b) =>
    b.run.startedAt.localeCompare(a.run.startedAt),
  );
  return learnProfile(newest.map((document) => runToLearnFrom(library, document)));
}

function runToLearnFrom(library: RunLibrary, document: RunDocument): RunToLearnFrom {
  return {
    id: document.run.id,
    from: fromOf(document),
    answers: document.answers ?? [],
    host: hostOf(document),
    seen: seenSpans(library, document),
    bindMatrix: matrixOf(document),
  };
}

function matrixOf({ run, measures, experiments }: RunDocument): RunToLearnFrom['bindMatrix'] {
  const parts = experiments ?? [{ id: run.experiment, measures }];
  const measured = parts.filter(({ id }) => id === 'bind-matrix').map((part) => part.measures);
  return Object.fromEntries(
    PROTOCOLS.flatMap((protocol) => {
      const [rows] = measured.flatMap((one) => measuredRows(one, protocol) ?? []);
      return rows === undefined ? [] : [[protocol, rows]];
    }),
  );
}

function fromOf({ run: { host, profile } }: RunDocument): LearnedFrom {
  const basis = basisOf(host);
  if (basis === 'modelled') {
    // What the model does is all in its profile: the machine it was reckoned on does not matter.
    return { basis, host: `profile ${profile?.name ?? 'unknown'}`, build: 'the lab’s model' };
  }
  const build =
    host.wine === null ? host.os.build : `Wine ${host.wine}, posing as ${host.os.build}`;
  return { basis, host: host.hostname, build };
}

function hostOf({ run: { host, profile } }: RunDocument): HostShape {
  if (profile === null) {
    return {
      addresses: host.addresses
        .filter(({ loopback, state }) => !loopback && state !== 'duplicate')
        .map(({ address, interface: adapter }) => ({ address, adapter })),
      dynamicRanges: host.dynamicRanges,
      excludedRanges: host.excludedRanges,
      autoReuseRange: host.autoReuseRange,
    };
  }
  // A recorded profile may be an older lab's, or anybody's: it is checked as a file is.
  const { addresses, dynamicRanges, excludedRanges, autoReuseRange } = profile.resolved;
  return resolveProfile(
    parseProfileFile({ addresses, dynamicRanges, excludedRanges, autoReuseRange }),
    profile.name,
  );
}
