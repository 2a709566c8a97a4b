import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { say } from './setup.mjs';

/**
 * Installs Debian packages a lane needs, as root on a Debian system: without asking where there is no
 * terminal, or CI or PORTLAB_SETUP=apt is set; else after asking.
 * @param {string} lane
 * @param {readonly string[]} packages
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
  say(`lane ${lane}: installing ${packages.join(' ')} …`);
  const apt = (/** @type {string[]} */ ...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  return (
    apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', ...packages)
  );
}

/**
 * @param {string} lane
 * @param {readonly string[]} packages
 */
async function confirmed(lane, packages) {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(
    `The ${lane} lane needs ${packages.join(' ')}. Install them? [y/N] `,
  );
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}
