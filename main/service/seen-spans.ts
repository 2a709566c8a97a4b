import { OP } from '#engine/event/op.ts';
import { poolOf, FAMILIES, PROTOCOLS, type Pool } from '#engine/model/protocol.ts';
import type { SeenSpan } from '#engine/profile/learn-profile.ts';
import type { Part, RunDocument } from '#engine/run/run-document.ts';
import type { RunLibrary } from '#data/run-library.ts';

const PORTS = 65_536;

/**
 * What arms that filled a pool to the last number were given, by pool: all that is known of a range
 * nobody could read. Only capacity takes every number of a pool.
 */
export function seenSpans(
  library: Pick<RunLibrary, 'events'>,
  document: RunDocument,
): Partial<Record<Pool, SeenSpan>> {
  const pools = poolsOfArms(document);
  if (pools.size === 0) return {};
  const seen = new Map<Pool, Uint8Array>();
  for (const { op, arm, port, code, value, length } of library.events(document.run.id)) {
    for (let row = 0; row < length; row++) {
      const pool = pools.get(arm[row]!);
      const named = op[row] === OP.getsockname && port[row] !== 0;
      if (pool === undefined || code[row] !== 0 || !(named || op[row] === OP.fill)) continue;
      const ports = seen.get(pool) ?? new Uint8Array(PORTS);
      seen.set(pool, ports);
      const count = named ? 1 : value[row]!;
      ports.fill(1, port[row]!, port[row]! + count);
    }
  }
  return Object.fromEntries([...seen].map(([pool, ports]) => [pool, spanOf(ports)]));
}

/** The pools of the arms that count, by the arms' numbers. */
function poolsOfArms({ run, parameters, arms, experiments }: RunDocument): Map<number, Pool> {
  const parts: readonly Pick<Part, 'id' | 'parameters' | 'arms'>[] = experiments ?? [
    { id: run.experiment, parameters, arms },
  ];
  const pools = new Map<number, Pool>();
  for (const part of parts.filter(({ id }) => id === 'capacity')) {
    const protocol = PROTOCOLS.find((one) => one === part.parameters['protocol']) ?? 'tcp';
    const family = FAMILIES.find((one) => one === part.parameters['family']) ?? 'ipv4';
    for (const { index, ended, strategy } of part.arms) {
      const wildcard = strategy === 'legacy' || strategy === 'port-scalability';
      if (ended === 'exhausted' && wildcard) pools.set(index, poolOf(protocol, family));
    }
  }
  return pools;
}

function spanOf(ports: Uint8Array): SeenSpan {
  const start = ports.indexOf(1);
  const last = ports.lastIndexOf(1);
  const met = ports.reduce((sum, one) => sum + one, 0);
  return { range: { start, count: last - start + 1 }, met };
}
