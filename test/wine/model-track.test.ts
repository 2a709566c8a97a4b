import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { namedProfile } from '#engine/profile/resolve-profile.ts';
import { runDocumentSchema } from '#engine/run/run-document.ts';
import { modelTrack } from '#main/service/model-track.ts';
import { describeWine } from './lane.ts';
import { portlabInWine } from './portlab-wine.ts';

const TEST_MS = 240_000;
const cwd = mkdtempSync(join(tmpdir(), 'portlab-wine-test-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

describeWine('real calls beside a model', () => {
  it(
    'differ from the documented behaviour in what is known of Wine, and from Wine’s profile in nothing',
    async () => {
      const args = ['run', 'capacity', '--stack', 'winsock', '--exhaust', '--db', 'runs.labdb'];
      const ended = await portlabInWine([...args, '--json'], { cwd, netnsRange: '50000 50255' });
      expect(ended.status, ended.stderr).toBe(0);
      const document = runDocumentSchema.parse(JSON.parse(ended.stdout));
      const file = join(cwd, 'runs.labdb');
      const model = await modelTrack(file, document.run.id, document);
      expect(model?.divergences.map(({ kind }) => kind).toSorted()).toEqual([
        'connect-exhaustion-code',
        'exhaustion-code',
        'option-unreadable',
        'per-address-without-option',
      ]);
      const own = await modelTrack(file, document.run.id, document, namedProfile('wine-8'));
      expect(own?.listed).toEqual([]);
      expect(own?.compared).toBeGreaterThan(10_000);
    },
    TEST_MS,
  );
});
