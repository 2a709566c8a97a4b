import { NULL_SINK } from '../event/event-sink.ts';
import { OP, opName, type Op } from '../event/op.ts';
import { STRATEGY_OPTIONS } from '../experiment/experiment.ts';
import { lastPort, type PortRange } from '../model/port-range.ts';
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
  /** Numbers free on all addresses once the need was held; null where it never was. */
  readonly leftAtPeak: number | null;
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
  /** Ports, or connections, of the peak. */
  readonly peak: number;
  /** To take in all: the peak and the headroom. */
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
  return block === null ? filled(stack, ids, supply, task) : bound(stack, ids, block, task);
}

export const NOTHING: CarriedOut = { held: 0, leftAtPeak: null, refusedAt: null };

/** Wildcard ports, the addresses in rotation: a word of the bitmap at a time where that is possible. */
function filled(
  stack: SimulatedStack,
  addresses: readonly AddressId[],
  { strategy }: Supply,
  { peak, wanted }: Task,
): CarriedOut {
  const options = strategy === 'wider-range' ? [] : STRATEGY_OPTIONS[strategy];
  let open = addresses;
  let held = 0;
  let from = 0;
  let leftAtPeak: number | null = null;
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
      count: (held < peak ? peak : wanted) - held,
      budgetNs: Number.MAX_SAFE_INTEGER,
    });
    held += more;
    from = next;
    if (held === peak) leftAtPeak ??= freeOnAll(stack);
    if (refused === null) continue;
    refusedAt ??= refusal(refused.op, refused.code);
    open = open.filter((address) => address !== refused.address);
  }
  return { held, leftAtPeak, refusedAt };
}

/** Connections with SO_REUSE_UNICASTPORT: each remote's from the addresses in rotation. */
function connected(
  stack: SimulatedStack,
  addresses: readonly AddressId[],
  { wish: { remotes }, peak, wanted }: Task,
): CarriedOut {
  const nets: AddressId[] = [];
  let leftAtPeak: number | null = null;
  for (let held = 0; held < wanted; held++) {
    const remote = held % remotes;
    const net = Math.floor(remote / REMOTES_AN_ADDRESS);
    nets[net] ??= stack.intern(`${REMOTE_NET}${net + 1}`);
    const address = addresses[Math.floor(held / remotes) % addresses.length]!;
    const refusedAt = connect(stack, address, nets[net], 1 + (remote % REMOTES_AN_ADDRESS));
    if (refusedAt !== null) return { held, leftAtPeak, refusedAt };
    if (held + 1 === peak) leftAtPeak = freeOnAll(stack);
  }
  return { held: wanted, leftAtPeak, refusedAt: null };
}

function connect(
  stack: SimulatedStack,
  address: AddressId,
  remote: AddressId,
  port: number,
): CarriedOut['refusedAt'] {
  const socket = stack.socket('tcp', 'ipv4');
  if (socket < 0) return refusal(OP.socket, -socket);
  const set = stack.setsockopt(socket, 'SO_REUSE_UNICASTPORT', 1);
  if (set !== 0) return refusal(OP.setsockopt, set);
  const bind = stack.bind(socket, address, 0);
  if (bind !== 0) return refusal(OP.bind, bind);
  const made = stack.connect(socket, remote, port);
  return made === 0 ? null : refusal(OP.connect, made);
}

/** Numbers of the block by name, each on every address. */
function bound(
  stack: SimulatedStack,
  addresses: readonly AddressId[],
  block: PortRange,
  { peak, wanted }: Task,
): CarriedOut {
  let held = 0;
  let leftAtPeak: number | null = null;
  let refusedAt: CarriedOut['refusedAt'] = null;
  for (let port = block.start; port <= lastPort(block); port++) {
    for (const address of addresses) {
      if (held === wanted) return { held, leftAtPeak, refusedAt };
      const socket = stack.socket('tcp', 'ipv4');
      if (socket < 0) return { held, leftAtPeak, refusedAt: refusal(OP.socket, -socket) };
      const code = stack.bind(socket, address, port);
      if (code === 0) {
        held++;
        if (held === peak) leftAtPeak = freeOnAll(stack);
      } else {
        stack.close(socket);
        refusedAt ??= refusal(OP.bind, code);
      }
    }
  }
  return { held, leftAtPeak, refusedAt };
}

function freeOnAll(stack: SimulatedStack): number {
  return stack.freeOnAll('tcp', 'ipv4');
}

function refusal(op: Op, code: number): NonNullable<CarriedOut['refusedAt']> {
  return { call: opName(op) ?? `op ${op}`, code, name: wsaName(code) };
}
