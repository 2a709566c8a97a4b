import type { TcpipEvent } from '#engine/doctor/doctor-document.ts';
import type { HeldSocket, HostLook, PoolLook } from '#engine/doctor/host-look.ts';
import type { HostFacts } from '#engine/model/host-facts.ts';
import {
  FAMILIES,
  PROTOCOLS,
  poolOf,
  type Family,
  type Pool,
  type Protocol,
} from '#engine/model/protocol.ts';
import type { Ffi } from '../ffi/ffi.ts';
import { countEstablished, readOwnerTable, type OwnerTable } from './owner-tables.ts';
import { heldPorts } from './port-holders.ts';
import { readProcessList } from './process-list.ts';
import { processNames } from './process-names.ts';
import { recentTcpipEvents } from './tcpip-events.ts';

/** What the sources of one look told. */
export interface Sources {
  readonly held: Readonly<Record<Pool, readonly HeldSocket[] | null>>;
  readonly before: Readonly<Record<Pool, OwnerTable | null>>;
  readonly after: Readonly<Record<Pool, OwnerTable | null>>;
  /** Null for UDP. */
  readonly established: Readonly<Record<Pool, number | null>>;
  readonly names: ReadonlyMap<number, string> | null;
  readonly handles: ReadonlyMap<number, number> | null;
  readonly events: readonly TcpipEvent[] | null;
}

/**
 * Asks every source who holds ports, all at once, each bounded in time: four netstats (10 s) and
 * wevtutil (5 s). Reads only. Call it while the lab holds no socket of its own.
 * @param ffi null where Windows' own libraries can't be called
 * @param log whether to read the event log too; without, events are null
 */
export async function askSources(ffi: Ffi | null, log: boolean): Promise<Sources> {
  const before = tables(ffi);
  const list = () => quietly(() => (ffi === null ? null : readProcessList(ffi)));
  const early = list();
  const [held, events, names] = await Promise.all([
    Promise.all(
      pools().map(
        async ([pool, protocol, family]) => [pool, await heldPorts(protocol, family)] as const,
      ),
    ),
    log ? recentTcpipEvents() : null,
    early === null ? processNames() : early.names,
  ]);
  // Before and after the table, the smaller counts: what is only short-lived is no difference.
  const first = counts(ffi);
  const after = tables(ffi);
  const last = counts(ffi);
  const late = list();
  return {
    held: Object.fromEntries(held) as Sources['held'],
    before,
    after,
    established: perPool((pool) => smaller(first[pool], last[pool])),
    // Who came or went meanwhile is no stranger.
    names: names === null ? null : new Map([...(late?.names ?? []), ...names]),
    handles: late?.handles ?? null,
    events,
  };
}

/** The look these sources give at a host whose settings were read too. */
export function lookOf(
  host: HostFacts,
  sources: Sources,
  more: Pick<HostLook, 'ownPids' | 'readAt' | 'tookMs'>,
): HostLook {
  const { names, handles, events } = sources;
  return {
    basis: host.wine === null ? 'measured' : 'wine',
    host,
    profile: null,
    pools: perPool((pool) => poolLook(host, sources, pool)),
    names,
    handles,
    events,
    ...more,
  };
}

function poolLook(host: HostFacts, sources: Sources, pool: Pool): PoolLook {
  const [before, after] = [sources.before[pool], sources.after[pool]];
  const counted = sources.established[pool];
  return {
    held: sources.held[pool],
    before: before?.sockets ?? null,
    after: after?.sockets ?? null,
    established: counted === null || after === null ? null : { counted, listed: after.established },
    barred:
      host.excludedRanges?.filter(({ protocol, family }) => poolOf(protocol, family) === pool) ??
      null,
  };
}

function tables(ffi: Ffi | null): Record<Pool, OwnerTable | null> {
  return perPool((_pool, protocol, family) =>
    quietly(() => (ffi === null ? null : readOwnerTable(ffi, protocol, family))),
  );
}

function counts(ffi: Ffi | null): Record<Pool, number | null> {
  return perPool((_pool, protocol, family) =>
    quietly(() => (ffi === null || protocol === 'udp' ? null : countEstablished(ffi, family))),
  );
}

function smaller(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.min(a, b);
}

/** A source that can't be asked has told nothing. */
function quietly<T>(ask: () => T | null): T | null {
  try {
    return ask();
  } catch {
    return null;
  }
}

function pools(): [Pool, Protocol, Family][] {
  return PROTOCOLS.flatMap((protocol) =>
    FAMILIES.map((family): [Pool, Protocol, Family] => [
      poolOf(protocol, family),
      protocol,
      family,
    ]),
  );
}

function perPool<T>(make: (pool: Pool, protocol: Protocol, family: Family) => T): Record<Pool, T> {
  const made = Object.fromEntries(
    pools().map(([pool, protocol, family]) => [pool, make(pool, protocol, family)]),
  ) as Record<Pool, T>;
  return made;
}
