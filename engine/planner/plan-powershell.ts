import type { PortRange } from '../model/port-range.ts';
import { thousands } from '../model/words.ts';
import { WIDEST_RANGE } from './planned-host.ts';
import type { Ranked } from './recommend.ts';
import type { Situation } from './supplies.ts';

/** Public examples set a template of one's own; those that ship can't be changed. */
const TEMPLATE = 'InternetCustom';

const SHOW_RANGES = [
  '# As it is now',
  'netsh interface ipv4 show dynamicport tcp',
  'netsh interface ipv4 show excludedportrange protocol=tcp',
];

/**
 * PowerShell for somebody to review: what the recommended strategy changes, and the way back. The lab
 * never runs it. Nothing goes into it but numbers of the plan.
 */
export function reviewBlock(chosen: Ranked | null, { host }: Situation): string {
  if (chosen === null) {
    return [
      '# No strategy meets this need: nothing to change. Who holds ports now:',
      'Get-NetTCPConnection | Group-Object OwningProcess -NoElement | Sort-Object Count -Descending | Select-Object -First 20',
    ].join('\n');
  }
  const more = (chosen.plan.addressesNeeded ?? 0) - host.addresses;
  return [
    '# Review first; run it in an elevated PowerShell, on a host you may change.',
    ...linesOf(chosen, host.dynamicRange),
    ...(more > 0 ? ['', ...addressLines(more)] : []),
  ].join('\n');
}

function linesOf({ plan: { strategy }, supply }: Ranked, range: PortRange): string[] {
  switch (strategy) {
    case 'legacy':
      return [...SHOW_RANGES, '# Nothing to change.'];
    case 'wider-range':
      return [
        ...SHOW_RANGES,
        '# Who listens inside the wider range: such a service can lose its port to a client when it restarts',
        `Get-NetTCPConnection -State Listen | Where-Object LocalPort -ge ${WIDEST_RANGE.start} | Sort-Object LocalPort -Unique | Format-Table LocalAddress, LocalPort, OwningProcess`,
        '# The change: for new sockets at once, and for good',
        `netsh interface ipv4 set dynamicport tcp start=${WIDEST_RANGE.start} num=${WIDEST_RANGE.count}`,
        '# Way back:',
        `# netsh interface ipv4 set dynamicport tcp start=${range.start} num=${range.count}`,
      ];
    case 'port-scalability':
      return [
        ...SHOW_RANGES,
        '# The change is in the application: before bind, on a specific address and port 0, it sets',
        '# SO_PORT_SCALABILITY (level SOL_SOCKET, 0x3006) to 1. There is nothing to set on the host.',
        '# Way back: take the option out again.',
      ];
    case 'reuse-unicast':
      return unicastLines(supply);
    case 'port-pool':
      return supply.block === null ? SHOW_RANGES : poolLines(supply.block);
  }
}

function unicastLines({ block, proposed }: Ranked['supply']): string[] {
  const show = [
    '# As it is now',
    'Get-NetTCPSetting | Format-Table SettingName, DynamicPortRange*, AutoReusePortRange*',
  ];
  const application = [
    '# In the application: SO_REUSE_UNICASTPORT (level SOL_SOCKET, 0x3007) set to 1 before bind;',
    '# a connect without any bind behaves so by itself. TCP only.',
  ];
  if (block === null || !proposed) {
    return [...show, '# The range is there: nothing to set on the host.', ...application];
  }
  return [
    ...show,
    '# Nobody may listen there: this should print nothing',
    `Get-NetTCPConnection -State Listen | Where-Object { $_.LocalPort -ge ${block.start} -and $_.LocalPort -le ${block.start + block.count - 1} }`,
    '# The change: takes effect after a restart',
    `Set-NetTCPSetting -SettingName ${TEMPLATE} \``,
    `  -AutoReusePortRangeStartPort ${block.start} \``,
    `  -AutoReusePortRangeNumberOfPorts ${block.count}`,
    ...application,
    '# Way back, then restart:',
    `# Set-NetTCPSetting -SettingName ${TEMPLATE} -AutoReusePortRangeStartPort 0 -AutoReusePortRangeNumberOfPorts 0`,
  ];
}

function poolLines({ start, count }: PortRange): string[] {
  return [
    ...SHOW_RANGES,
    '# Nobody may hold numbers there: this should print nothing',
    `Get-NetTCPConnection | Where-Object { $_.LocalPort -ge ${start} -and $_.LocalPort -le ${start + count - 1} }`,
    `# The change is in the application: it binds ${thousands(start)} to ${thousands(start + count - 1)} itself, on each address,`,
    '# and goes on to the next number where bind answers 10048. To keep others out of the block:',
    `netsh interface ipv4 add excludedportrange protocol=tcp startport=${start} numberofports=${count}`,
    '# Way back:',
    `# netsh interface ipv4 delete excludedportrange protocol=tcp startport=${start} numberofports=${count}`,
  ];
}

function addressLines(more: number): string[] {
  return [
    `# ${thousands(more)} more ${more === 1 ? 'address' : 'addresses'}: fill in what your network gives you, once for each`,
    'Get-NetIPAddress -AddressFamily IPv4 | Format-Table IPAddress, PrefixLength, InterfaceAlias, SkipAsSource',
    "# New-NetIPAddress -InterfaceAlias '<adapter>' -IPAddress '<address>' -PrefixLength <length> -SkipAsSource $true",
    "# Way back: Remove-NetIPAddress -IPAddress '<address>'",
  ];
}
