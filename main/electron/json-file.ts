import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** A small file of our own; one that is missing, cut off or of another shape reads as null. */
export function readJsonFile<S extends z.ZodType>(file: string, schema: S): z.output<S> | null {
  try {
    return schema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** Whole or not at all. A disk that is full or not ours costs a remembered place, nothing more. */
export function writeJsonFile(file: string, value: unknown): void {
  const next = `${file}.new`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(next, `${JSON.stringify(value)}\n`);
    renameSync(next, file);
  } catch {
    // Nobody waits for it.
  }
}
