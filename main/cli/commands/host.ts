import { Command } from 'commander';
import { PROTECTED_ROLES } from '#engine/experiment/roles.ts';
import type { HostFacts, OptionFacts } from '#engine/model/host-facts.ts';
import type { PortRange } from '#engine/model/port-range.ts';
import { POOLS } from '#engine/model/protocol.ts';
import { thousands } from '#engine/model/words.ts';
import { LabService } from '../../service/lab-service.ts';
import type { Console } from '../console.ts';
import { table } from '../table.ts';

export function hostCommand(out: Console): Command {
  return new Command('host')
    .description('What this machine is, which stack experiments would use, and why')
    .option('--quick', 'start no other program; facts that need one are unknown')
    .action(async (options: { quick?: boolean }, command: Command) => {
      const { db } = command.optsWithGlobals<{ db: string }>();
      const { host } = await new LabService(db).host({
        quick: options.quick === true,
        stack: 'auto',
        ffi: 'koffi',
      });
      out.result(host, () => hostText(host, out));
    });
}

function hostText(host: HostFacts, out: Console): string {
  const { os, wine } = host;
  const system = [os.name, os.build === '' ? '' : `build ${os.build}`, os.productType ?? '']
    .filter((part) => part !== '')
    .join(' · ');
  const verdict =
    host.stack === 'winsock'
      ? 'Real experiments are possible here'
      : 'Experiments run on the simulated stack here';
  return [
    out.bold(`${verdict}: ${host.why}.`),
    '',
    `${host.hostname} · ${system}${wine === null ? '' : ` · Wine ${wine}`}`,
    '',
    addresses(host),
    '',
    table(
      [
        { title: 'Dynamic range' },
        { title: 'Start', right: true },
        { title: 'Ports', right: true },
      ],
      POOLS.map((pool) => [pool, ...range(host.dynamicRanges[pool])]),
    ),
    '',
    `Excluded ranges: ${excluded(host)}`,
    `Auto-reuse range: ${autoReuse(host.autoReuseRange)}`,
    `Roles that forbid exhaustive runs: ${protectedBy(host)}`,
    '',
    table(
      ['Option', 'Documented', 'Settable', 'Readable', 'Honoured'].map((title) => ({ title })),
      Object.entries(host.options).map(([name, facts]) => [name, ...optionCells(facts)]),
    ),
  ].join('\n');
}

function addresses(host: HostFacts): string {
  if (host.addresses.length === 0) return 'No address found.';
  return table(
    ['Address', 'Adapter', 'State', 'Chosen by default'].map((title) => ({ title })),
    host.addresses.map((entry) => [
      `${entry.address}/${entry.prefix}`,
      entry.interface,
      entry.state,
      entry.loopback
        ? 'no: loopback'
        : entry.notDefaultBecause === undefined
          ? 'yes'
          : `no: ${entry.notDefaultBecause}`,
    ]),
  );
}

function range(value: PortRange | null): [string, string] {
  return value === null ? ['unknown', 'unknown'] : [String(value.start), thousands(value.count)];
}

function excluded({ excludedRanges }: HostFacts): string {
  if (excludedRanges === null) return 'unknown';
  if (excludedRanges.length === 0) return 'none';
  return excludedRanges
    .map(
      ({ protocol, family, start, count, administered }) =>
        `${protocol}/${family} ${start}-${start + count - 1}${administered ? '*' : ''}`,
    )
    .join(', ');
}

function autoReuse(value: PortRange | null): string {
  if (value === null) return 'unknown';
  return value.count === 0
    ? 'empty (SO_REUSE_UNICASTPORT gains nothing)'
    : `${value.start}, ${thousands(value.count)} ports`;
}

function protectedBy({ roles = null }: HostFacts): string {
  if (roles === null) return 'unknown';
  if (roles.length === 0) return 'none';
  const title = (id: string): string => PROTECTED_ROLES.find((role) => role.id === id)?.title ?? id;
  return roles.map((id) => title(id)).join(', ');
}

function optionCells(facts: OptionFacts): string[] {
  const word = (value: boolean | null): string =>
    value === null ? 'unknown' : value ? 'yes' : 'no';
  return [
    word(facts.documented),
    word(facts.settable),
    word(facts.readable),
    facts.evidence === null ? facts.honoured : `${facts.honoured} (run ${facts.evidence})`,
  ];
}
