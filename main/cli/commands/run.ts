import { Command } from 'commander';
import type { ReserveWish } from '#engine/experiment/safety.ts';
import { LabService } from '../../service/lab-service.ts';
import type { RunRequest } from '../../service/run-request.ts';
import * as parse from '../arguments.ts';
import { attended } from '../attended.ts';
import type { Console } from '../console.ts';
import { planText } from '../plan-text.ts';
import { readProfile } from '../read-profile.ts';
import { type RecordedOptions, stackOption, withRecordedOptions } from '../recorded-options.ts';
import { assertReportFile, writeReport } from '../report-file.ts';
import { runText } from '../run-text.ts';

interface RunOptions extends RecordedOptions {
  addresses?: string[];
  profile?: string;
  set?: Record<string, string>;
  reserve?: ReserveWish;
  maxSockets?: number;
  maxSeconds?: number;
  exhaust?: boolean;
  confirm?: string;
  dryRun?: boolean;
  hold: number;
}

const A_DAY = 86_400;

export function runCommand(out: Console): Command {
  const command = new Command('run')
    .description('Runs an experiment, records every call, prints the verdict')
    .argument('<experiment>', 'one of those `portlab experiments` lists')
    .addOption(stackOption())
    .option('--addresses <list>', 'local addresses, separated by commas', parse.addressList)
    .option('--profile <name|file>', 'what the simulated stack poses as')
    .option('--set <key=value>', 'a parameter of the experiment; may be repeated', parse.keyValue)
    .option(
      '--reserve <N|N%>',
      'port numbers to keep free on all addresses (default 80%)',
      parse.reserve,
    )
    .option('--max-sockets <n>', 'sockets held at once, at most', parse.wholeNumber(1))
    .option('--max-seconds <n>', 'the run’s own time, at most', parse.seconds(0.001, A_DAY))
    .option('--exhaust', 'go below the reserve, down to the first error')
    .option('--confirm <hostname>', 'with --exhaust on a real host: its name, to say you mean it')
    .option('--dry-run', 'say what it would take and risk, and take nothing')
    .option(
      '--hold <seconds>',
      'keep the last arm’s ports bound this long',
      parse.seconds(0, 3_600),
      0,
    );
  return withRecordedOptions(command).action(
    async (experiment: string, options: RunOptions, self: Command) => {
      const { db } = self.optsWithGlobals<{ db: string }>();
      const service = new LabService(db);
      const request = requestOf(experiment, options);
      if (options.report !== undefined) assertReportFile(options.report);
      if (options.dryRun === true) {
        const prepared = await service.prepare(request);
        out.result({ ...prepared.plan, refusal: asMessage(prepared.refusal) }, () =>
          planText(prepared, out),
        );
        return;
      }
      await runAndTell(service, request, options, out);
    },
  );
}

function asMessage(refusal: { message: string; hint: string } | null): { message: string } | null {
  return refusal === null ? null : { message: `${refusal.message}; ${refusal.hint}` };
}

async function runAndTell(
  service: LabService,
  request: RunRequest,
  options: RunOptions,
  out: Console,
): Promise<void> {
  const prepared = await service.prepare(request);
  const { document } = await attended(async (hooks) => ({
    document: await service.run(prepared, hooks),
  }));
  if (options.report !== undefined) await writeReport(service, document.run.id, options.report);
  out.result(document, () => runText(document, out));
}

function requestOf(experiment: string, options: RunOptions): RunRequest {
  return {
    experiment,
    stack: options.stack,
    addresses: options.addresses,
    profile: options.profile === undefined ? undefined : readProfile(options.profile),
    parameters: options.set ?? {},
    reserve: options.reserve,
    maxSockets: options.maxSockets,
    maxSeconds: options.maxSeconds,
    exhaustive: options.exhaust === true,
    confirm: options.confirm,
    onlyBetween: options.onlyBetween,
    holdSeconds: options.hold,
    seed: options.seed,
    ffi: options.ffi,
    title: options.title,
    tags: options.tag ?? [],
  };
}
