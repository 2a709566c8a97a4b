import { NULL_SINK } from '../event/event-sink.ts';
import { OP, opName, type Op } from '../event/op.ts';
import { STRATEGY_OPTIONS } from '../experiment/experiment.ts';
import { lastPort } from '../model/port-range.ts';
import { wsaName } from '../model/winsock-error.ts';
import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import { createSimulatedStack, type SimulatedStack } from '../stack/simulated-stack.ts';
import type { AddressId } from '../stack/socket-stack.ts';
import { planAddresses } from './plan-addresses.ts';
import type { PlanHost, PlanWish } from './plan-document.ts';
import { plannedProfile } from './planned-profile.ts';
import type { Supply } from './supply.ts';

/** What came of taking a plan's ports on the model. */
export interface CarriedOut {
  readonly held: number;
  readonly refusedAt: {
    readonly call: string;
    readonly code: number;
    readonly name: string | null;
  } | null;
}

export interface Task {
  readonly wish: PlanWish;
  readonly host: PlanHost;
  readonly profile: ResolvedProfile;
  readonly addresses: number;
  /** Ports, or connections, to take. */
  readonly wanted: number;
}

/** What is picked changes no figure: any seed does. */
const SEED = 1;
/** A remote needs no listener on the model; these are nobody's addresses (RFC 5737). */
const REMOTE_NET = '192.0.2.';
const REMOTES_AN_ADDRESS = 60_000;

/** Takes the ports of a plan by its strategy, on a modelled host of its own. */
export function carryOut(supply: Supply, task: Task): CarriedOut {
  const addresses = planAddresses(task.profile, task.addresses);
  const profile = plannedProfile(supply.host, task.host, task.profile, addresses);
  const texts = addresses.map(({ address }) => address);
  const stack = createSimulatedStack({ sink: NULL_SINK, profile, addresses: texts, seed: SEED });
  const ids = texts.map((address) => stack.intern(address));
  const { strategy, without, block } = supply;
  if (without?.because === 'no room' && without.how === 'unusable') return NOTHING;
  if (strategy === 'reuse-unicast' && without === null) return connected(stack, ids, task);
  return block === null ? filled(stack, ids, supply, task) : bound(stack, ids, supply, task);
}

const NOTHING: CarriedOut = { held: 0, refusedAt: null };

/** Wildcard ports, the addresses in rotation: a word of the bitmap at a time where that is possible. */
function filled(
  stack: SimulatedStack,
  addresses: readonly AddressId[],
  { strategy }: Supply,
  { wanted }: Task,
): CarriedOut {
  const options = strategy === 'wider-range' ? [] : STRATEGY_OPTIONS[strategy];
  let open = addresses;
  let held = 0;
  let from = 0;
  let refusedAt: CarriedOut['refusedAt'] = null;
  while (held < wanted && open.length > 0) {
    const {
      bound: more,
      next,
      refused,
    } = stack.fill({
      protocol: 'tcp',
      family: 'ipv4',
      addresses: open,
      from,
      options,
      count: wanted - held,
      budgetNs: Number.MAX_SAFE_INTEGER,
    });
    held += more;
    from = next;
    if (refused === null) continue;
    refusedAt ??= refusal(refused.op, refused.code);
    open = open.filter((address) => address !== refused.address);
  }
  return { held, refusedAt };
}

/** Connections with SO_REUSE_UNICASTPORT: each remote's from the addresses in rotation. */
function connected(
  stack: SimulatedStack,
  addresses: readonly AddressId[],
  { wish: { remotes }, wanted }: Task,
): CarriedOut {
  const nets: AddressId[] = [];
  for (let held = 0; held < wanted; held++) {
    const remote = held % remotes;
    const net = Math.floor(remote / REMOTES_AN_ADDRESS);
    nets[net] ??= stack.intern(`${REMOTE_NET}${net + 1}`);
    const address = addresses[Math.floor(held / remotes) % addresses.length]!;
    const socket = stack.socket('tcp', 'ipv4');
    if (socket < 0) return { held, refusedAt: refusal(OP.socket, -socket) };
    const set = stack.setsockopt(socket, 'SO_REUSE_UNICASTPORT', 1);
    if (set !== 0) return { held, refusedAt: refusal(OP.setsockopt, set) };
    const code = stack.bind(socket, address, 0);
    if (code !== 0) return { held, refusedAt: refusal(OP.bind, code) };
    const made = stack.connect(socket, nets[net], 1 + (remote % REMOTES_AN_ADDRESS));
    if (made !== 0) return { held, refusedAt: refusal(OP.connect, made) };
  }
  return { held: wanted, refusedAt: null };
}

/** Numbers of the block by name, each on every address. */
function bound(
  stack: SimulatedStack,
  addresses: readonly AddressId[],
  { block }: Supply,
  { wanted }: Task,
): CarriedOut {
  let held = 0;
  let refusedAt: CarriedOut['refusedAt'] = null;
  if (block === null) return NOTHING;
  for (let port = block.start; port <= lastPort(block); port++) {
    for (const address of addresses) {
      if (held === wanted) return { held, refusedAt };
      const socket = stack.socket('tcp', 'ipv4');
      if (socket < 0) return { held, refusedAt: refusal(OP.socket, -socket) };
      const code = stack.bind(socket, address, port);
      if (code === 0) {
        held++;
      } else {
        stack.close(socket);
        refusedAt ??= refusal(OP.bind, code);
      }
    }
  }
  return { held, refusedAt };
}

function refusal(op: Op, code: number): NonNullable<CarriedOut['refusedAt']> {
  return { call: opName(op) ?? `op ${op}`, code, name: wsaName(code) };
}
