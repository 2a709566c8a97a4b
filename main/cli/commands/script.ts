import { Command } from 'commander';
import type { ReserveWish } from '#engine/experiment/safety.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { parseScript } from '#engine/script/parse-script.ts';
import type { Script } from '#engine/script/script.ts';
import { SCRIPT_LIMITS } from '#engine/script/script-schema.ts';
import { LabService } from '../../service/lab-service.ts';
import { scriptDocument } from '../../service/script/script-document.ts';
import type { ScriptRequest } from '../../service/script/script-request.ts';
import * as parse from '../arguments.ts';
import { attended } from '../attended.ts';
import { EXIT, type Console } from '../console.ts';
import { readProfile } from '../read-profile.ts';
import { readText } from '../read-text.ts';
import { type RecordedOptions, stackOption, withRecordedOptions } from '../recorded-options.ts';
import { assertReportFile, writeReport } from '../report-file.ts';
import { runText } from '../run-text.ts';

interface ScriptOptions extends RecordedOptions {
  profile?: string;
  reserve?: ReserveWish;
  maxSeconds?: number;
  exhaust?: boolean;
  confirm?: string;
}

const A_DAY = 86_400;
const MOST_BYTES = 4_000_000;

export function scriptCommand(out: Console): Command {
  const command = new Command('script')
    .description(
      'Runs the socket calls of a scenario script, records them, checks what the script expects.\n' +
        'Exit status 4 when an expectation failed. Examples: docs/scenarios, in a package scenarios.',
    )
    .argument('<file>', 'a script: JSON, comments and trailing commas allowed')
    .addOption(stackOption())
    .option(
      '--profile <name|file>',
      'what the simulated stack poses as: its keys go over those of the script’s own profile',
    )
    .option(
      '--reserve <N|N%>',
      'port numbers to keep free on all addresses of a real host (default 80%)',
      parse.reserve,
    )
    .option(
      '--max-seconds <n>',
      'the script’s own time, at most; its waits don’t count',
      parse.seconds(0.001, A_DAY),
    )
    .option('--exhaust', 'may go below the reserve')
    .option('--confirm <hostname>', 'with --exhaust on a real host: its name, to say you mean it');
  return withRecordedOptions(command).action(
    async (file: string, options: ScriptOptions, self: Command) => {
      const { db } = self.optsWithGlobals<{ db: string }>();
      if (options.report !== undefined) assertReportFile(options.report);
      const service = new LabService(db);
      const prepared = await service.prepareScript(requestOf(file, options));
      const { document, steps } = await attended((hooks) => service.runScript(prepared, hooks));
      const { run, script } = document;
      if (run.status === 'complete' && script?.ok !== true) process.exitCode = EXIT.expectation;
      if (options.report !== undefined) await writeReport(service, run.id, options.report);
      out.result(scriptDocument(document, steps), () => runText(document, out));
    },
  );
}

function requestOf(file: string, options: ScriptOptions): ScriptRequest {
  return {
    script: readScript(file),
    file,
    stack: options.stack,
    profile: options.profile === undefined ? undefined : readProfile(options.profile),
    reserve: options.reserve,
    maxSeconds: options.maxSeconds,
    exhaustive: options.exhaust === true,
    confirm: options.confirm,
    onlyBetween: options.onlyBetween,
    seed: options.seed,
    ffi: options.ffi,
    title: options.title,
    tags: options.tag ?? [],
  };
}

/** @throws LabError usage, naming the file, and the step where it is about one */
function readScript(file: string): Script {
  let text: string;
  try {
    text = readText(file, MOST_BYTES);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LabError(
      'usage',
      `${file}: ${reason}`,
      `give a script file, ${SCRIPT_LIMITS.steps} steps at most`,
    );
  }
  try {
    return parseScript(text);
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    throw new LabError(error.kind, `${file}: ${error.message}`, error.hint);
  }
}
