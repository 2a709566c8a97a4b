import { parseAddress } from '../model/address.ts';
import type { Family, Protocol } from '../model/protocol.ts';
import type { Basis } from '../run/run-document.ts';

/** What to look at more closely. */
export type Topic =
  | {
      readonly kind: 'process';
      readonly pid: number;
      readonly protocol: Protocol;
      readonly remote: string | null;
    }
  | { readonly kind: 'time-wait'; readonly remote: string | null }
  | { readonly kind: 'exclusions' | 'range'; readonly protocol: Protocol; readonly family: Family }
  | { readonly kind: 'events' }
  | { readonly kind: 'overview' };

/**
 * A block of PowerShell for somebody to review and run: it only reads. Nothing a host says goes into it
 * but numbers and addresses that were parsed.
 */
export function powershell(topic: Topic, basis: Basis): string {
  const lines = linesOf(topic);
  const simulated = '# SIMULATED: on a real host with this trouble these would be the commands';
  return [...(basis === 'modelled' ? [simulated] : []), ...lines].join('\n');
}

const TOP = 'Sort-Object Count -Descending | Select-Object -First 20';

function linesOf(topic: Topic): string[] {
  switch (topic.kind) {
    case 'process':
      return processLines(topic);
    case 'time-wait':
      return [
        '# Connections in TIME_WAIT by remote endpoint',
        `Get-NetTCPConnection -State TimeWait${remoteFilter(topic.remote)} | Group-Object RemoteAddress, RemotePort -NoElement | ${TOP}`,
        '# Who connects there now',
        `Get-NetTCPConnection -State Established${remoteFilter(topic.remote)} | Group-Object OwningProcess -NoElement | ${TOP}`,
      ];
    case 'exclusions':
      return [
        '# Excluded ranges; * marks those an administrator added',
        `netsh interface ${topic.family} show excludedportrange protocol=${topic.protocol}`,
        '# Whether WinNAT runs here, and for what',
        'Get-Service winnat, hns, vmms, docker -ErrorAction SilentlyContinue',
      ];
    case 'range':
      return [
        '# The dynamic range, and the auto-reuse range of each TCP template',
        `netsh interface ${topic.family} show dynamicport ${topic.protocol}`,
        'Get-NetTCPSetting | Format-Table SettingName, DynamicPortRange*, AutoReusePortRange*',
      ];
    case 'events':
      return [
        '# When ports ran out, or were used again too soon',
        "Get-WinEvent -FilterHashtable @{ LogName = 'System'; ProviderName = 'Tcpip'; Id = 4227, 4231, 4266 } -MaxEvents 50",
        ...linesOf({ kind: 'overview' }),
      ];
    case 'overview':
      return [
        '# Who holds most TCP ports, sockets that are bound only included',
        `Get-NetTCPConnection | Group-Object OwningProcess -NoElement | ${TOP}`,
        '# The dynamic range',
        'netsh interface ipv4 show dynamicport tcp',
      ];
  }
}

function processLines({ pid, protocol, remote }: Extract<Topic, { kind: 'process' }>): string[] {
  const what = [
    '# What it is, since when it runs; w3wp names its application pool after -ap',
    `Get-CimInstance Win32_Process -Filter "ProcessId = ${pid}" | Format-List ProcessId, Name, CreationDate, HandleCount, CommandLine`,
  ];
  if (protocol === 'udp') {
    return [
      ...what,
      '# Its UDP ports by local address',
      `Get-NetUDPEndpoint -OwningProcess ${pid} | Group-Object LocalAddress -NoElement | ${TOP}`,
    ];
  }
  return [
    ...what,
    '# Its TCP ports by state and remote endpoint (Bound: neither listening nor connected)',
    `Get-NetTCPConnection -OwningProcess ${pid} | Group-Object State, RemoteAddress, RemotePort -NoElement | ${TOP}`,
    ...(remoteFilter(remote) === ''
      ? []
      : [
          '# Everybody’s connections to that endpoint',
          `Get-NetTCPConnection${remoteFilter(remote)} | Group-Object OwningProcess, State -NoElement | ${TOP}`,
        ]),
  ];
}

/** ` -RemoteAddress … -RemotePort …`; '' for what is no endpoint. */
function remoteFilter(remote: string | null): string {
  const match = /^\[?([^\]]*)\]?:(\d{1,5})$/.exec(remote ?? '');
  const address = parseAddress(match?.[1] ?? '');
  if (match === null || address === undefined || !/^[\d.:a-f]+(%\d+)?$/.test(address.text))
    return '';
  return ` -RemoteAddress '${address.text}' -RemotePort ${Number(match[2])}`;
}
