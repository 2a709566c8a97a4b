import { MAX_PORT, type PortRange } from '../model/port-range.ts';
import { poolOf, type Family, type Protocol } from '../model/protocol.ts';
import type { RunDocument } from './run-document.ts';

/** The numbers a run draws on. */
export interface RunPool {
  /** `TCP IPv4` */
  readonly name: string;
  readonly range: PortRange;
  /** Never given to a wildcard bind. */
  readonly excluded: readonly PortRange[];
}

/** Which of the four pools a run draws on. */
export function protocolOfRun({ parameters, run }: Pick<RunDocument, 'parameters' | 'run'>): {
  readonly protocol: Protocol;
  readonly family: Family;
} {
  return {
    protocol: parameters['protocol'] === 'udp' ? 'udp' : 'tcp',
    family: run.addresses.some((address) => address.includes(':')) ? 'ipv6' : 'ipv4',
  };
}

/** `TCP IPv4` */
export function poolName(protocol: Protocol, family: Family): string {
  return `${protocol.toUpperCase()} ${family === 'ipv4' ? 'IPv4' : 'IPv6'}`;
}

/** The run's pool: the profile's where it is simulated, else the host's; null where the range is unknown. */
export function poolOfRun(document: RunDocument): RunPool | null {
  const { run } = document;
  const { protocol, family } = protocolOfRun(document);
  const of: Facts =
    run.stack === 'simulated' ? ((run.profile?.resolved ?? {}) as Facts) : (run.host as Facts);
  const range = rangeFrom(property(of.dynamicRanges, poolOf(protocol, family)));
  if (range === null || range.count === 0) return null;
  const excluded = Array.isArray(of.excludedRanges) ? (of.excludedRanges as unknown[]) : [];
  return {
    name: poolName(protocol, family),
    range,
    excluded: excluded
      .filter((one) => property(one, 'protocol') === protocol && property(one, 'family') === family)
      .map(rangeFrom)
      .filter((one) => one !== null),
  };
}

/** A profile is recorded as it was resolved, and read as unknown data. */
interface Facts {
  readonly dynamicRanges?: unknown;
  readonly excludedRanges?: unknown;
}

/** @returns null for what is no range of ports: an imported run may say anything */
function rangeFrom(value: unknown): PortRange | null {
  const [start, count] = [property(value, 'start'), property(value, 'count')];
  const isRange =
    Number.isInteger(start) &&
    Number.isInteger(count) &&
    Number(start) >= 0 &&
    Number(count) >= 0 &&
    Number(start) + Number(count) <= MAX_PORT + 1;
  return isRange ? { start: Number(start), count: Number(count) } : null;
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
