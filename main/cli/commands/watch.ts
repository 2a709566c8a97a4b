import { Command } from 'commander';
import type { HeadroomSample } from '#engine/doctor/headroom-sample.ts';
import { count } from '#engine/model/words.ts';
import { LabService } from '../../service/lab-service.ts';
import { seconds } from '../arguments.ts';
import { EXIT, type Console } from '../console.ts';
import { provenanceWord, sampleLine } from '../doctor-text.ts';
import { readProfile } from '../read-profile.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;

interface Options {
  readonly every: number;
  readonly for?: number;
  readonly profile?: string;
}

export function watchCommand(out: Console): Command {
  return new Command('watch')
    .description(
      'Looks at the host’s ports again and again, a line a look, and records headroom over time.\n' +
        'Only reads; takes no port. Ends with Ctrl-C.',
    )
    .option('--every <seconds>', 'how often to look', seconds(0.1, 86_400), 5)
    .option('--for <seconds>', 'end by itself after so long', seconds(0, 31_536_000))
    .option('--profile <name|file>', 'look at a modelled host instead, for rehearsal')
    .action(async (options: Options, self: Command) => {
      const { db } = self.optsWithGlobals<{ db: string }>();
      const profile = options.profile === undefined ? undefined : readProfile(options.profile);
      const ending = new AbortController();
      const end = (): void => ending.abort();
      for (const signal of SIGNALS) process.on(signal, end);
      const samples: HeadroomSample[] = [];
      let looks = 0;
      try {
        const { cutShort, lost } = await new LabService(db).watch(
          profile,
          { everySeconds: options.every, forSeconds: options.for },
          {
            signal: ending.signal,
            sample(sample, problem) {
              if (looks++ === 0) out.note(heading(sample, options.every, db));
              if (out.json) samples.push(sample);
              say(out, sampleLine(sample));
              if (problem !== null) out.note(`portlab: not recorded: ${problem.message}`);
            },
          },
        );
        if (out.json) out.result({ samples }, () => '');
        else out.note(`${count(looks, 'look')}, ${looks - lost} of them recorded.`);
        if (lost > 0) process.exitCode = EXIT.failed;
        else if (cutShort) process.exitCode = EXIT.interrupted;
      } finally {
        for (const signal of SIGNALS) process.off(signal, end);
      }
    });
}

function heading(sample: HeadroomSample, every: number, db: string): string {
  const host = sample.basis === 'modelled' ? '' : ` · ${sample.hostname}`;
  return `${provenanceWord(sample)}${host} · every ${every} s into ${db} · Ctrl-C ends it`;
}

/** A line a look: the result, unless that is to be one JSON document. */
function say(out: Console, line: string): void {
  if (out.json) out.note(line);
  else process.stdout.write(`${line}\n`);
}
