/**
 * Writes docs/scenarios/script.schema.json from the schema the lab itself reads scripts with, so that
 * editors complete and check them. To be run after a change to it; a test says when it was forgotten.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { scriptJsonSchema } from '#engine/script/script-schema.ts';

const ROOT = resolve(import.meta.dirname, '..');
const FILE = join(ROOT, 'docs', 'scenarios', 'script.schema.json');

writeFileSync(FILE, `${JSON.stringify(scriptJsonSchema(), null, 2)}\n`);
const formatter = join(ROOT, 'node_modules', 'oxfmt', 'bin', 'oxfmt');
const { status } = spawnSync(process.execPath, [formatter, FILE], { stdio: 'inherit' });
process.exitCode = status ?? 1;
