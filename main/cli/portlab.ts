/** `portlab`, the console: builds the command line, runs one command, gives its exit status. */
import { Command, CommanderError, Option } from 'commander';
import { LabError } from '#engine/model/lab-error.ts';
import { defaultDatabase } from '../service/paths.ts';
import { LAB_VERSION } from '../service/version.ts';
import { claimsCommand } from './commands/claims.ts';
import { compareCommand } from './commands/compare.ts';
import { doctorCommand } from './commands/doctor.ts';
import { experimentsCommand } from './commands/experiments.ts';
import { hostCommand } from './commands/host.ts';
import { planCommand } from './commands/plan.ts';
import { profilesCommand } from './commands/profiles.ts';
import { replayCommand } from './commands/replay.ts';
import { reportCommand } from './commands/report.ts';
import { runCommand } from './commands/run.ts';
import { runsCommand } from './commands/runs.ts';
import { scriptCommand } from './commands/script.ts';
import { serveCommand } from './commands/serve.ts';
import { stopCommand } from './commands/stop.ts';
import { watchCommand } from './commands/watch.ts';
import { Console, EXIT } from './console.ts';

const argv = process.argv.slice(2);
const wantsJson = argv.includes('--json');
const color =
  !argv.includes('--no-color') && process.env['NO_COLOR'] === undefined && process.stdout.isTTY;
const console_ = new Console(wantsJson, color);

const program = new Command('portlab')
  .description(
    'Measures whether SO_PORT_SCALABILITY multiplies the wildcard ports of this host, and what it costs.\n' +
      'Real sockets on Windows; elsewhere the same experiments on a model of its port allocator.',
  )
  .version(LAB_VERSION, '--version', 'print the version')
  .helpOption('--help', 'say what a command does')
  .helpCommand(false)
  .addOption(new Option('--json', 'one JSON document on stdout, everything else on stderr'))
  .addOption(
    new Option('--db <file>', 'database of recorded runs').default(
      defaultDatabase(),
      'this system’s data folder',
    ),
  )
  .addOption(new Option('--no-color', 'plain text'));

for (const make of [
  doctorCommand,
  watchCommand,
  hostCommand,
  experimentsCommand,
  claimsCommand,
  profilesCommand,
  runCommand,
  scriptCommand,
  runsCommand,
  replayCommand,
  compareCommand,
  planCommand,
  reportCommand,
  serveCommand,
  stopCommand,
]) {
  program.addCommand(make(console_));
}
prepare(program);

// A reader that went away (`portlab runs list | head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.done);
});

try {
  await program.parseAsync(argv, { from: 'user' });
} catch (error) {
  process.exitCode = exitOf(error);
}

function exitOf(error: unknown): number {
  if (!(error instanceof CommanderError)) return console_.error(error);
  // Help and version asked for are no error; commander has printed them.
  if (error.exitCode === 0) return EXIT.done;
  // Help nobody asked for: a word is missing on the command line.
  if (error.code === 'commander.help') {
    return console_.error(new LabError('usage', 'a command is missing', 'see: portlab --help'));
  }
  const message = error.message
    .replace(/^error: /, '')
    .trim()
    .replace(/\.$/, '');
  return console_.error(new LabError('usage', message, 'see: portlab --help'));
}

/** Every command: errors come back as exceptions, said once by us; JSON and database options work anywhere. */
function prepare(command: Command): void {
  command
    .exitOverride()
    .configureOutput({ outputError: () => {}, writeErr: () => {} })
    .configureHelp({ showGlobalOptions: true });
  if (command !== program) {
    command.helpOption('--help', 'say what this does').helpCommand(false);
  }
  for (const child of command.commands) prepare(child);
}
