import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { say } from './setup.mjs';

/**
 * Installs Debian packages a lane needs, as root on a Debian system: without asking where there is no
 * terminal, or CI or PORTLAB_SETUP=apt is set; else after asking.
 * @param {string} lane
 * @param {readonly string[]} packages `name|newer name` where Debian renamed one
 * @returns {Promise<boolean>} whether they are installed now
 */
export async function offerPackages(lane, packages) {
  if (
    process.platform !== 'linux' ||
    process.getuid?.() !== 0 ||
    !existsSync('/etc/debian_version')
  ) {
    return false;
  }
  const unasked =
    process.env['CI'] !== undefined ||
    process.env['PORTLAB_SETUP'] === 'apt' ||
    !process.stdin.isTTY ||
    !process.stderr.isTTY;
  if (!unasked && !(await confirmed(lane, packages))) return false;
  if (!apt('update', '-qq')) return false;
  const names = packages.map(nameHere);
  say(`lane ${lane}: installing ${names.join(' ')} …`);
  return apt('install', '-y', '-qq', '--no-install-recommends', ...names);
}

/** @param {string[]} args */
function apt(...args) {
  return (
    spawnSync('apt-get', args, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: 900_000,
    }).status === 0
  );
}

/**
 * The name this Debian has a package under. Debian 13 renamed libraries (`libasound2t64`), and its
 * apt takes the old name only where a single package provides it.
 * @param {string} choices
 */
function nameHere(choices) {
  const names = choices.split('|');
  const found = names.find((name) => {
    const { stdout } = spawnSync('apt-cache', ['policy', name], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
      timeout: 60_000,
    });
    return /^\s*Candidate: (?!\(none\))/m.test(stdout ?? '');
  });
  return found ?? names[0] ?? choices;
}

/**
 * @param {string} lane
 * @param {readonly string[]} packages
 */
async function confirmed(lane, packages) {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const names = packages.map((name) => name.split('|')[0]);
  const answer = await prompt.question(
    `The ${lane} lane needs ${names.join(' ')}. Install them? [y/N] `,
  );
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}
