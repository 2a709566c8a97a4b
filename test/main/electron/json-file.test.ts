import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from '#main/electron/json-file.ts';

const schema = z.object({ zoom: z.number() });
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portlab-json-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('reads back what was written, in a folder that did not exist', () => {
  const file = join(folder, 'deep', 'er', 'state.json');
  writeJsonFile(file, { zoom: 2 });
  expect(readJsonFile(file, schema)).toEqual({ zoom: 2 });
  expect(readdirSync(join(folder, 'deep', 'er'))).toEqual(['state.json']);
});

it('reads nothing from what is missing, cut off or of another shape', () => {
  const file = join(folder, 'state.json');
  expect(readJsonFile(file, schema)).toBeNull();
  for (const content of ['', '{"zoom":', '{"zoom":"2"}', 'null', '[]']) {
    writeFileSync(file, content);
    expect(readJsonFile(file, schema), content).toBeNull();
  }
});

it('takes no harm from a place that can’t be written', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => writeJsonFile(join(folder, 'file', 'state.json'), {})).not.toThrow();
});
