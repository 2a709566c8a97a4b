import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../../docs/scenarios');

export interface Shipped {
  readonly name: string;
  readonly file: string;
  readonly text: string;
}

/** The scenarios the product comes with. */
export const SHIPPED: readonly Shipped[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.jsonc'))
  .map((name) => ({
    name,
    file: join(FOLDER, name),
    text: readFileSync(join(FOLDER, name), 'utf8'),
  }));

export function inFolder(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8');
}
