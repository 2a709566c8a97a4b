import { FAMILIES, PROTOCOLS, type Family, type Protocol } from '../model/protocol.ts';
import { SAME_SWITCH } from '../profile/documented-rules.ts';
import type { AddressClass, ClaimResult, RunDocument } from '../run/run-document.ts';
import { assumptionsBehind, ROLE, type Circumstances, type RestId } from './rests-on.ts';

/** One assumption a simulated run's verdict rests on, and which of its claims do. */
export interface VerdictBasis {
  readonly id: RestId;
  readonly claims: readonly string[];
  readonly role: string;
}

type Judged = Pick<RunDocument, 'run' | 'parameters' | 'claims'>;

/**
 * The assumptions behind a simulated run's claims, rules first; none for a run on real sockets, and
 * none behind a claim the run did not test.
 */
export function verdictBasis({ run, parameters, claims }: Judged): VerdictBasis[] {
  if (run.profile === null) return [];
  const behind = new Map<RestId, Set<string>>();
  for (const claim of claims.filter(isTested)) {
    const circumstances = circumstancesOf(run.profile.resolved, parameters, claim.addressClass);
    for (const id of assumptionsBehind(run.experiment, claim.id, circumstances)) {
      behind.set(id, (behind.get(id) ?? new Set()).add(claim.id));
    }
  }
  const order = Object.keys(ROLE) as RestId[];
  return order.flatMap((id) => {
    const of = behind.get(id);
    return of === undefined ? [] : [{ id, claims: [...of], role: ROLE[id] }];
  });
}

/**
 * Those of the assumptions that say what one of their claims says: the outcome of that claim shows
 * that the model keeps its own rule, and nothing more.
 */
export function selfStated(basis: readonly VerdictBasis[]): RestId[] {
  const said = new Set<string>(
    basis.flatMap(({ claims }) =>
      claims.map((claim) =>
        Object.hasOwn(SAME_SWITCH, claim) ? SAME_SWITCH[claim as keyof typeof SAME_SWITCH] : claim,
      ),
    ),
  );
  return basis.map(({ id }) => id).filter((id) => said.has(id));
}

function isTested({ outcome, basis }: ClaimResult): boolean {
  return outcome !== 'untested' && basis === 'modelled';
}

/** Read with care: a recorded profile may be an older lab's, or anybody's. */
function circumstancesOf(
  resolved: Readonly<Record<string, unknown>>,
  { protocol: givenProtocol, family: givenFamily }: RunDocument['parameters'],
  addressClass: AddressClass,
): Circumstances {
  const protocol: Protocol = PROTOCOLS.find((one) => one === givenProtocol) ?? 'tcp';
  const family: Family = FAMILIES.find((one) => one === givenFamily) ?? 'ipv4';
  return {
    protocol,
    family,
    addressClass,
    exclusions: list(resolved, 'excludedRanges').some(
      (range) => field(range, 'protocol') === protocol && field(range, 'family') === family,
    ),
    autoReuse: Number(field(field(resolved, 'autoReuseRange'), 'count') ?? 0) > 0,
    others: [...list(resolved, 'holders'), ...list(resolved, 'churn')].some(
      (one) => field(one, 'protocol') === protocol,
    ),
    closeHolds: field(field(resolved, 'assumptions'), 'A22') === 'time-wait',
  };
}

function list(record: unknown, name: string): readonly unknown[] {
  const value = field(record, name);
  return Array.isArray(value) ? value : [];
}

function field(record: unknown, name: string): unknown {
  if (typeof record !== 'object' || record === null || !Object.hasOwn(record, name))
    return undefined;
  return (record as Readonly<Record<string, unknown>>)[name];
}
