import { OP } from '../../event/op.ts';
import type { Strategy } from '../../model/strategy.ts';
import type { PortRange } from '../../model/port-range.ts';
import { thousands } from '../../model/words.ts';
import { WSA } from '../../model/winsock-error.ts';
import type { Arm } from '../../run/run-document.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import { armReport } from '../arm-report.ts';
import { fewestOf, hold, type ArmPlace, type DoneArm } from './capacity-arm.ts';
import { STRATEGY_OPTIONS, type ExperimentContext } from '../experiment.ts';
import { connectTo, type Listener } from '../listener.ts';
import type { CommonParameters } from '../parameters.ts';
import { tellApart, type Shortage } from '../port-or-memory.ts';
import { SLICE_NS, roomLeft } from '../safety.ts';
import { firstError } from '../sockets.ts';

/** Sockets bound by one stack call at most: keeps a slice short on any host. */
const SLICE_SOCKETS = 4_096;
/** Codes of a wildcard bind that can mean a full pool, whichever the host is expected to give. */
const FULL: ReadonlySet<number> = new Set([WSA.WSAENOBUFS, WSA.WSAEADDRINUSE]);

interface Filled {
  readonly runs: readonly { readonly first: number; readonly count: number }[];
  readonly ended: Arm['ended'];
  readonly error: Arm['firstError'];
  readonly shortage: Shortage | null;
}

/**
 * One arm: fill in rotation over the addresses, hold, release wholly.
 * @param listener where a connect without a bind goes while the arm is full; null for none
 */
export async function fillArm(
  context: ExperimentContext<CommonParameters>,
  strategy: Strategy,
  place: ArmPlace,
  listener: Listener | null,
): Promise<DoneArm & { readonly span: PortRange }> {
  const { stack, stage } = context;
  const index = stage.beginArm(strategy);
  const { runs, ended, error, shortage } = await fill(context, strategy, place);
  stage.peak();
  const arm = armReport(context, { index, strategy, ended, firstError: error });
  const span = spanOf(context);
  const full = ended === 'exhausted';
  const connectCode = full && listener !== null ? await connectCodeOf(context, listener) : null;
  await hold(context, place);
  for (const { first, count: sockets } of runs) {
    for (let done = 0; done < sockets;) {
      done += stack.release(first + done, sockets - done, SLICE_NS);
      await context.breathe();
    }
  }
  stage.endArm();
  const seen = {
    strategy,
    shortage,
    bindCode: error?.call === 'bind' ? error.code : null,
    connectCode: connectCode === 0 ? null : connectCode,
    optionCode: error?.call === 'setsockopt' ? error.code : null,
    fewest: fewestOf(arm),
  };
  return { arm, seen, span };
}

async function fill(
  context: ExperimentContext<CommonParameters>,
  strategy: Strategy,
  { before, of }: ArmPlace,
): Promise<Filled> {
  const { stack, stage, holdings, limits, exhaustion, protocol, family } = context;
  const runs: { first: number; count: number }[] = [];
  let rotation = 0;
  let open: readonly AddressId[] = context.addressIds;
  let error: Arm['firstError'] = null;
  const end = (ended: Arm['ended'], shortage: Shortage | null = null): Filled => ({
    runs,
    ended,
    error,
    shortage,
  });
  while (context.stop.reason === null) {
    const room = roomLeft(limits, holdings.held, holdings.union, stack.now());
    if ('limit' in room) return end(room.limit);
    const { first, bound, next, refused } = stack.fill({
      protocol,
      family,
      addresses: open,
      from: rotation,
      options: STRATEGY_OPTIONS[strategy],
      count: Math.min(room.sockets, SLICE_SOCKETS),
      budgetNs: SLICE_NS,
    });
    if (bound > 0) runs.push({ first, count: bound });
    rotation = next;
    if (refused !== null) {
      error ??= firstError(refused.op, refused.code);
      const full = refused.code === exhaustion.bind || FULL.has(refused.code);
      if (refused.op !== OP.bind || !full) return end('error');
      // This address is full; the others may have room (they do where the pool is per address).
      open = open.filter((address) => address !== refused.address);
      if (open.length === 0) {
        const shortage = tellApart(stack, protocol, family, refused.address, context.range);
        return end(shortage === 'memory' ? 'error' : 'exhausted', shortage);
      }
    }
    const share = Math.min(1, holdings.held / expectedBinds(context, strategy));
    stage.progress((before + share) / of, `${strategy}: ${thousands(holdings.held)} bound`);
    await context.breathe();
  }
  return end('cancelled');
}

/** From the lowest number held to the highest. */
function spanOf({ addressIds, holdings }: ExperimentContext<CommonParameters>): PortRange {
  const ranges = addressIds.flatMap((address) => holdings.rangesOn(address));
  const start = Math.min(...ranges.map(([from]) => from));
  const end = Math.max(...ranges.map(([, to]) => to));
  return ranges.length === 0 ? { start: 0, count: 0 } : { start, count: end - start + 1 };
}

/** What a connect without a bind answers now. */
async function connectCodeOf(
  context: ExperimentContext<CommonParameters>,
  listener: Listener,
): Promise<number> {
  const { stack, protocol, family } = context;
  const client = stack.socket(protocol, family);
  if (client < 0) return -client;
  const connection = await connectTo(context, client, listener);
  stack.close(client, 'abort');
  if (connection.ok && connection.accepted !== null) stack.close(connection.accepted, 'remote');
  return connection.ok || connection.op !== OP.connect ? 0 : connection.code;
}

function expectedBinds(context: ExperimentContext<CommonParameters>, strategy: Strategy): number {
  const { usable, limits, addresses } = context;
  if (usable === null) return limits.maxSockets;
  return Math.min(limits.maxSockets, strategy === 'legacy' ? usable : usable * addresses);
}
