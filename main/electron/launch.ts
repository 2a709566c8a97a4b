import { resolve } from 'node:path';
import { LabError } from '#engine/model/lab-error.ts';
import { RUN_FILE_ENDING } from './product.ts';

/** What the command line asks of the desktop. */
export interface Launch {
  /** A lab service elsewhere; null: the desktop starts its own. */
  readonly service: ServiceAddress | null;
  /** Database of recorded runs; null: the service's default. */
  readonly database: string | null;
  /** `.labrun` files to open, absolute. */
  readonly runFiles: readonly string[];
}

export interface ServiceAddress {
  /** Host and port, `127.0.0.1:8080`. */
  readonly host: string;
  /** '' where the address carries none: then the service lets us read only. */
  readonly token: string;
}

/**
 * Other words are passed over: Electron and Chromium have switches of their own.
 * @param words the command line behind the program and, from the sources, the app's folder
 * @throws LabError (usage)
 */
export function readLaunch(words: readonly string[], folder: string): Launch {
  const connect = valueOf(words, '--connect');
  const database = valueOf(words, '--db');
  return {
    service: connect === null ? null : parseServiceAddress(connect),
    database: database === null ? null : resolve(folder, database),
    runFiles: runFilesIn(words, folder),
  };
}

/** The `.labrun` files among the words of a command line, absolute. */
export function runFilesIn(words: readonly string[], folder: string): string[] {
  return words
    .filter((word) => !word.startsWith('-') && word.toLowerCase().endsWith(`.${RUN_FILE_ENDING}`))
    .map((word) => resolve(folder, word));
}

/**
 * An address as `portlab serve` prints it, or its `ws://` form. Loopback only: the token and the runs
 * travel in the clear, a tunnel is what carries them further.
 * @throws LabError (usage)
 */
export function parseServiceAddress(text: string): ServiceAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['ws:', 'http:'].includes(url.protocol)) {
    throw new LabError(
      'usage',
      `--connect: "${text}" is no address of a lab service`,
      'give the line portlab serve printed: http://127.0.0.1:PORT/#TOKEN',
    );
  }
  if (!isLoopback(url.hostname)) {
    throw new LabError(
      'usage',
      `--connect: ${url.hostname} is another machine, and the connection is not encrypted`,
      'forward its port with ssh -L, and connect to 127.0.0.1',
    );
  }
  return { host: url.host, token: decodeToken(url.hash.slice(1)) };
}

function decodeToken(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** Of `--name value` or `--name=value`; the last one counts. */
function valueOf(words: readonly string[], name: string): string | null {
  let value: string | null = null;
  for (const [at, word] of words.entries()) {
    if (word.startsWith(`${name}=`)) value = word.slice(name.length + 1);
    if (word !== name) continue;
    value = words[at + 1] ?? '';
    if (value === '' || value.startsWith('--')) {
      throw new LabError('usage', `${name}: its value is missing`, `write ${name}=VALUE`);
    }
  }
  return value;
}
