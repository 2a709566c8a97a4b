/**
 * The other program of the test of full runs: runs in the same network namespace as the lab, lets one
 * full run go to its end, looks at what is left, and prints that as JSON. Arguments: a folder for the
 * database and the run's document (`full.json`), the Windows edition to pose as, further arguments.
 */
import { readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withPrefix } from '#build/wine/run.mjs';
import { type LeftOver, leftOver } from './left-over.ts';
import { startConsole } from './windows-console.ts';

export interface FullReport extends LeftOver {
  readonly exit: number;
  readonly stderr: string;
  /** TCP and UDP sockets in the namespace when Wine has been told to go, but for those in TIME_WAIT. */
  readonly socketsLeft: readonly string[];
  /** Programs in the namespace when Wine has been told to go, but for this one. */
  readonly programsLeft: readonly string[];
}

const ADDRESSES = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5'];
const [folder = '', product = 'workstation', ...more] = process.argv.slice(2);

const run = ['run', 'full', '--stack', 'winsock', '--exhaust', '--addresses', ADDRESSES.join(',')];
const ended = await withPrefix(
  { sync: ['out/portlab'], product: product === 'server' ? 'server' : 'workstation' },
  async () => {
    const lab = startConsole([...run, ...more, '--db', 'full.labdb', '--json'], folder);
    const { status, stdout, stderr } = await lab.ended;
    writeFileSync(join(folder, 'full.json'), stdout);
    // The guard's addresses too: it listens on the first loopback address.
    const left = await leftOver(['127.0.0.1', ...ADDRESSES], performance.now());
    return { exit: status, stderr, ...left };
  },
);
const report: FullReport = { ...ended, socketsLeft: sockets(), programsLeft: programs() };
process.stdout.write(JSON.stringify(report));

/** Rows of /proc/net, with the table they are of. TIME_WAIT (06) the system keeps, and no program. */
function sockets(): string[] {
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'latin1')
      .trim()
      .split('\n')
      .slice(1)
      .filter((row) => row.trim().split(/\s+/)[3] !== '06')
      .map((row) => `${table} ${row.trim()}`),
  );
}

/** Every process of this network namespace but this one, by its command line. */
function programs(): string[] {
  const here = readlinkSync('/proc/self/ns/net');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      try {
        if (readlinkSync(`/proc/${name}/ns/net`) !== here) return [];
        return [readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()];
      } catch {
        // Gone meanwhile.
        return [];
      }
    });
}
