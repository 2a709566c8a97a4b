import type { HostFacts } from '../model/host-facts.ts';
import { DEFAULT_DYNAMIC_RANGE, lastPort, usableCount } from '../model/port-range.ts';
import { POOLS, poolOf } from '../model/protocol.ts';
import { count, percent, thousands } from '../model/words.ts';
import type { Basis, ClaimResult, Finding } from '../run/run-document.ts';

/** What is known of a host, and what a run settled there. */
export interface KnownProblemsInput {
  readonly host: HostFacts;
  readonly basis: Basis;
  /** The run's. */
  readonly claims: readonly ClaimResult[];
}

/** WinNAT takes ports in blocks of this size (docker/for-win issue 3171). */
const NAT_BLOCK = 100;
/** Windows 7 SP1 and Server 2008 R2 SP1, the builds KB2826167 is for. */
const BUILD_OF_2008_R2_SP1 = /^(6\.1\.)?7601\b/;

/**
 * Problems that are known of Windows Servers, where this host shows them: each with what to do. A
 * model has none: it does what its profile says; Wine's ranges are Linux's.
 */
export function knownProblems(input: KnownProblemsInput): Finding[] {
  if (input.basis !== 'measured') return [];
  return [
    ...sameAdapter(input),
    ...emptyAutoReuseRange(input),
    ...natBlocks(input),
    ...movedRange(input),
    ...dnsSocketPool(input),
  ];
}

/**
 * KB2826167: addresses of one adapter don't share numbers though the option is set, those of different
 * ones do. Certain where both were seen; where only the first was, on a build that may lack the hotfix.
 */
function sameAdapter({ host, claims }: KnownProblemsInput): Finding[] {
  const outcome = (addressClass: ClaimResult['addressClass']): ClaimResult['outcome'] | undefined =>
    claims.find((claim) => claim.id === 'PS-2' && claim.addressClass === addressClass)?.outcome;
  if (outcome('same-nic') !== 'refuted') return [];
  const text =
    'SO_PORT_SCALABILITY shares no numbers between addresses of one network adapter here. That is the fault KB2826167 describes for Windows 7 SP1 and Windows Server 2008 R2 SP1.';
  if (outcome('different-nics') === 'confirmed') {
    return [
      finding(
        'kb2826167',
        'error',
        `${text} Between adapters it shares them. Do: install the hotfix of KB2826167, or put the addresses on different adapters.`,
      ),
    ];
  }
  if (!BUILD_OF_2008_R2_SP1.test(host.os.build)) return [];
  return [
    finding(
      'kb2826167',
      'warning',
      `${text} Whether it is that fault shows between adapters. Do: repeat the run with --addresses on two adapters; if they share numbers, install the hotfix of KB2826167.`,
    ),
  ];
}

/** SO_REUSE_UNICASTPORT, which Microsoft prefers, draws on a range that is empty until somebody sets it. */
function emptyAutoReuseRange({ host }: KnownProblemsInput): Finding[] {
  if (host.autoReuseRange === null || host.autoReuseRange.count > 0) return [];
  return [
    finding(
      'auto-reuse-range-empty',
      'info',
      'The auto-reuse port range of this host is empty, so SO_REUSE_UNICASTPORT, which Microsoft recommends instead of SO_PORT_SCALABILITY, gains nothing here. Do: before relying on it set a range (Set-NetTCPSetting -SettingName InternetCustom -AutoReusePortRangeStartPort … -AutoReusePortRangeNumberOfPorts …) and restart the host.',
    ),
  ];
}

/** Blocks of exactly 100 that no administrator made, in a dynamic range. */
function natBlocks({ host }: KnownProblemsInput): Finding[] {
  if (host.excludedRanges === null) return [];
  // The pool that lost most stands for all: blocks are taken for several alike.
  const losses = POOLS.flatMap((pool) => {
    const range = host.dynamicRanges[pool];
    if (range === null) return [];
    const blocks = (host.excludedRanges ?? []).filter(
      (one) =>
        poolOf(one.protocol, one.family) === pool &&
        one.count === NAT_BLOCK &&
        !one.administered &&
        one.start <= lastPort(range) &&
        lastPort(one) >= range.start,
    );
    return [{ pool, range, blocks: blocks.length, lost: range.count - usableCount(range, blocks) }];
  }).toSorted((a, b) => b.lost - a.lost);
  const [most] = losses;
  if (most === undefined || most.blocks === 0) return [];
  const { pool, range, blocks, lost } = most;
  return [
    finding(
      'winnat-blocks',
      'info',
      `${count(blocks, 'block')} of 100 ports ${blocks === 1 ? 'is' : 'are'} excluded from the ${pool} range, ${thousands(lost)} of its ${count(range.count, 'port')} (${percent(lost / range.count)}): WinNAT takes such blocks for Hyper-V, containers and WSL, elsewhere after each start. Do: exclude what services need before WinNAT does (netsh int ipv4 add excludedportrange, while it is stopped: net stop winnat).`,
    ),
  ];
}

/** A range that begins below the default, as Exchange's set-up leaves it at 1025. */
function movedRange({ host }: KnownProblemsInput): Finding[] {
  const moved = POOLS.flatMap((pool) => {
    const range = host.dynamicRanges[pool];
    return range !== null && range.start < DEFAULT_DYNAMIC_RANGE.start ? [{ pool, range }] : [];
  });
  const [first] = moved;
  if (first === undefined) return [];
  const pools = moved.map(({ pool }) => pool).join(', ');
  const { start, count: size } = first.range;
  return [
    finding(
      'range-moved',
      'info',
      `The dynamic port range of ${pools} was moved: it begins at ${start} and has ${count(size, 'port')} (the default is ${DEFAULT_DYNAMIC_RANGE.start} and ${thousands(DEFAULT_DYNAMIC_RANGE.count)}; Exchange's set-up leaves it at 1025). Outgoing connections may take the number of a service before it starts. Do: exclude the numbers of services that lie in it (netsh int ipv4 add excludedportrange).`,
    ),
  ];
}

/** DNS Server keeps 2,500 UDP ports for its own queries (KB956188). */
function dnsSocketPool({ host }: KnownProblemsInput): Finding[] {
  if (host.roles?.includes('dns-server') !== true) return [];
  return [
    finding(
      'dns-socket-pool',
      'info',
      'DNS Server runs here: its socket pool holds 2,500 UDP ports of the dynamic range by default (KB956188), so UDP has fewer left than TCP. Do: leave it, unless UDP runs short; dnscmd /Info /SocketPoolSize tells its size.',
    ),
  ];
}

function finding(id: string, severity: Finding['severity'], text: string): Finding {
  return { id, severity, text };
}
