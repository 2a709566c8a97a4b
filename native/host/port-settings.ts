import path from 'node:path';
import type { HostFacts } from '#engine/model/host-facts.ts';
import { FAMILIES, PROTOCOLS, type Family, type Protocol } from '#engine/model/protocol.ts';
import type { ExcludedRange } from '#engine/model/port-range.ts';
import { NET_TCP_SETTING_COMMAND, parseAutoReuseRange } from './net-tcp-setting.ts';
import { type ListedExclusion, parseDynamicRange, parseExcludedRanges } from './netsh.ts';
import { systemProgramOutput } from './system-program.ts';

export type PortSettings = Pick<HostFacts, 'dynamicRanges' | 'excludedRanges' | 'autoReuseRange'>;

export const UNKNOWN_PORT_SETTINGS: PortSettings = {
  dynamicRanges: { tcp4: null, tcp6: null, udp4: null, udp6: null },
  excludedRanges: null,
  autoReuseRange: null,
};

/** `portlab host` promises 3 s in all. */
const BOUNDS = { timeoutMs: 2_500, maxBytes: 1_048_576 };

/**
 * Reads port ranges, exclusions and the auto-reuse range by nine child processes at once. What a
 * child doesn't say in time is null. Call it before the first socket is made.
 */
export async function readPortSettings(): Promise<PortSettings> {
  const range = async (protocol: Protocol, family: Family) =>
    parseDynamicRange(await netsh(family, ['show', 'dynamicport', protocol]));
  const exclusions = PROTOCOLS.flatMap((protocol) =>
    FAMILIES.map(async (family) => {
      const text = await netsh(family, ['show', 'excludedportrange', `protocol=${protocol}`]);
      return withPool(parseExcludedRanges(text), protocol, family);
    }),
  );
  const [tcp4, tcp6, udp4, udp6, autoReuseRange, ...lists] = await Promise.all([
    range('tcp', 'ipv4'),
    range('tcp', 'ipv6'),
    range('udp', 'ipv4'),
    range('udp', 'ipv6'),
    powershell(NET_TCP_SETTING_COMMAND).then(parseAutoReuseRange),
    ...exclusions,
  ]);
  const excludedRanges: ExcludedRange[] = [];
  let complete = true;
  for (const list of lists) {
    if (list === null) complete = false;
    else excludedRanges.push(...list);
  }
  return {
    dynamicRanges: { tcp4, tcp6, udp4, udp6 },
    excludedRanges: complete ? excludedRanges : null,
    autoReuseRange,
  };
}

function withPool(
  listed: readonly ListedExclusion[] | null,
  protocol: Protocol,
  family: Family,
): ExcludedRange[] | null {
  return listed?.map((range) => ({ ...range, protocol, family })) ?? null;
}

function netsh(family: Family, args: readonly string[]): Promise<string> {
  return systemProgramOutput('netsh.exe', ['interface', family, ...args], BOUNDS);
}

function powershell(command: string): Promise<string> {
  const args = ['-NoProfile', '-NonInteractive', '-Command', command];
  return systemProgramOutput(
    path.join('WindowsPowerShell', 'v1.0', 'powershell.exe'),
    args,
    BOUNDS,
  );
}
