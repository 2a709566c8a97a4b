import { fstatSync, writeSync } from 'node:fs';
import { LabError } from '#engine/model/lab-error.ts';

/** Exit statuses scripts rely on. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  expectation: 4,
  interrupted: 130,
} as const;

const EXIT_OF_KIND = { failed: EXIT.failed, usage: EXIT.usage, refused: EXIT.refused } as const;

const STDOUT = 1;

/**
 * Writes all of it. Into a file Node writes but once, and drops what a write that was cut short (as by a
 * signal, under Wine) has left.
 */
function writeOut(text: string): void {
  if (!isFile(STDOUT)) {
    process.stdout.write(text);
    return;
  }
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += writeSync(STDOUT, bytes, at);
}

function isFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    // Closed, or nothing that can be looked at.
    return false;
  }
}

/** How a command speaks: one JSON document or text on stdout; everything else on stderr. */
export class Console {
  readonly json: boolean;
  readonly color: boolean;

  constructor(json: boolean, color: boolean) {
    this.json = json;
    this.color = color;
  }

  /** The command's result: the document with `--json`, else its text. */
  result(document: unknown, text: () => string): void {
    writeOut(this.json ? `${JSON.stringify(document)}\n` : `${text()}\n`);
  }

  /** A line of progress or notice, never part of the result. */
  note(line: string): void {
    process.stderr.write(`${line}\n`);
  }

  /** Says what went wrong in one line and gives the exit status. */
  error(error: unknown): number {
    const told = LabError.from(error);
    const line = `portlab: ${told.message}${told.hint === '' ? '' : `; ${told.hint}`}`;
    process.stderr.write(`${line.replaceAll(/\s*\n\s*/g, ' ')}\n`);
    if (this.json) {
      const { kind, message, hint } = told;
      process.stdout.write(`${JSON.stringify({ error: { kind, message, hint } })}\n`);
    }
    return EXIT_OF_KIND[told.kind];
  }

  bold(text: string): string {
    return this.color ? `\u001b[1m${text}\u001b[22m` : text;
  }

  dim(text: string): string {
    return this.color ? `\u001b[2m${text}\u001b[22m` : text;
  }
}
