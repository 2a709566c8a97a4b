import { poolOf, type Pool } from '../model/protocol.ts';
import type { RunDocument } from '../run/run-document.ts';

/** The port pool a run drew on: its protocol (tcp unless the parameters say udp) and family. */
function poolOfRun(document: RunDocument): Pool {
  const { parameters, run } = document;
  const protocol = parameters['protocol'] === 'udp' ? 'udp' : 'tcp';
  const ipv6 = run.addresses.length > 0 && run.addresses.every((address) => address.includes(':'));
  return poolOf(protocol, ipv6 ? 'ipv6' : 'ipv4');
}

/**
 * Size of the dynamic range the run drew on: the profile's for a simulated run, else the host's.
 * @returns null where it is unknown (netsh prints nothing under Wine)
 */
export function rangeOfRun(document: RunDocument): number | null {
  const pool = poolOfRun(document);
  const { run } = document;
  if (run.stack === 'winsock') return run.host.dynamicRanges[pool]?.count ?? null;
  const ranges = run.profile?.resolved['dynamicRanges'];
  return countOf(property(ranges, pool));
}

function countOf(range: unknown): number | null {
  const count = property(range, 'count');
  return typeof count === 'number' && count > 0 ? count : null;
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

/**
 * Whether the run kept what it bound until its arms' peak. A sweep binds and closes, so its binds
 * are no ports held.
 */
export function keepsWhatItBinds(document: RunDocument): boolean {
  return document.arms.every((arm) => arm.bound <= document.safety.peakHeld);
}

/** Fewer binds are read faster in a table. */
const WORTH_DRAWING = 100;

/**
 * Whether charts of the run's arms say more than their table: an arm bound many ports, and all arms are
 * of one experiment.
 */
export function worthDrawing({ arms, experiments }: RunDocument): boolean {
  return experiments === undefined && arms.some(({ bound }) => bound >= WORTH_DRAWING);
}
