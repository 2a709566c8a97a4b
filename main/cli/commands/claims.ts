import { Command } from 'commander';
import type { ClaimRow, HostOutcome } from '#engine/claim/claims-by-host.ts';
import { count } from '#engine/model/words.ts';
import { ADDRESS_CLASS_WORDS } from '#engine/run/run-words.ts';
import { LabService } from '../../service/lab-service.ts';
import type { Console } from '../console.ts';
import { wrapped } from '../wrapped.ts';

export function claimsCommand(out: Console): Command {
  return new Command('claims')
    .description(
      'What Microsoft documents about the option, and how each claim came out per host.\n' +
        'Only measured outcomes are evidence about Windows; Wine and models stand apart.',
    )
    .option('--run <id...>', 'only what these runs say')
    .action((options: { run?: string[] }, self: Command) => {
      const { db } = self.optsWithGlobals<{ db: string }>();
      const claims = new LabService(db).claims(options.run ?? []);
      out.result({ claims }, () => claims.map((claim) => claimText(claim, out)).join('\n'));
    });
}

function claimText({ id, text, source, hosts }: ClaimRow, out: Console): string {
  return [
    out.bold(id),
    wrapped(text, 2),
    out.dim(wrapped(source, 2)),
    ...(hosts.length === 0 ? ['  untested'] : hosts.map((host) => `  ${outcomeText(host)}`)),
  ].join('\n');
}

function outcomeText(entry: HostOutcome): string {
  const { outcome, basis, addressClass, runs } = entry;
  const kinds = { measured: 'measured', wine: `Wine ${entry.wine ?? ''}`.trim(), modelled: '' };
  const kind =
    basis === 'modelled' ? `modelled, profile ${entry.profile ?? 'unknown'}` : kinds[basis];
  const where = basis === 'modelled' ? '' : ` on ${entry.host}, build ${entry.build}`;
  return `${outcome} (${kind}, ${ADDRESS_CLASS_WORDS[addressClass]})${where}: ${count(runs.length, 'run')}, newest ${runs[0] ?? 'none'}`;
}
