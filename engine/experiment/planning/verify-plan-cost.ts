import { PLANNED_SOCKETS_PER_SECOND, type Plan, type Situation } from '../experiment.ts';
import { MOST_REMOTES } from './plan-remotes.ts';
import { blockOf, planned, type VerifyPlanParameters } from './verify-plan-parameters.ts';

/** What carrying a plan out would take, and why it can't be. */
export function planCost({
  parameters,
  addresses,
  usable,
  limits,
}: Situation<VerifyPlanParameters>): Plan {
  const { freeOnAll, reserve, exhaustive, maxSockets } = limits;
  const { strategy, protocol, poolPorts, remotes } = parameters;
  const { capacity } = planned(parameters);
  const mayTake =
    freeOnAll === null || exhaustive
      ? (freeOnAll ?? maxSockets)
      : Math.max(0, freeOnAll - (reserve ?? 0));
  const most = {
    legacy: exhaustive ? (usable ?? maxSockets) * addresses : mayTake,
    'wider-range': exhaustive ? (usable ?? maxSockets) * addresses : mayTake,
    'port-scalability': exhaustive ? (usable ?? maxSockets) * addresses : mayTake * addresses,
    // Both ends of a connection are here.
    'reuse-unicast': 2 * capacity + Math.min(remotes, MOST_REMOTES),
    'port-pool': poolPorts * addresses,
  }[strategy];
  const sockets = strategy === 'reuse-unicast' ? most : Math.min(capacity, most);
  const atOnce = Math.min(sockets, maxSockets);
  const unionLost = Math.min(mayTake, atOnce);
  return {
    // One more sees what an application without the option gets.
    wouldHold: atOnce + 1,
    atOnce: atOnce + 1,
    unionLost,
    legacyLeft: freeOnAll === null ? null : freeOnAll - unionLost,
    seconds: Math.ceil(atOnce / PLANNED_SOCKETS_PER_SECOND),
    ...refusalOf(parameters, protocol, mayTake),
  };
}

function refusalOf(
  parameters: VerifyPlanParameters,
  protocol: string,
  mayTake: number,
): Pick<Plan, 'refusal' | 'hint'> {
  if (protocol !== 'tcp') {
    return { refusal: 'plans are for TCP connections', hint: 'run it with --set protocol=tcp' };
  }
  if (parameters.strategy === 'port-pool' && blockOf(parameters) === null) {
    return {
      refusal: 'a port pool needs numbers of its own, 1 to 65,535',
      hint: 'name them: --set poolStart=20000 --set poolPorts=1000',
    };
  }
  return { refusal: mayTake < 1 ? 'the reserve leaves nothing to bind' : null };
}
