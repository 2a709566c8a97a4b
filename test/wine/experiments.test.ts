import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runDocumentSchema, type RunDocument } from '#engine/run/run-document.ts';
import { describeWine } from './lane.ts';
import { portlabInWine, type WineRunOptions } from './portlab-wine.ts';

const TEST_MS = 300_000;
const FOUR = '127.0.0.2,127.0.0.3,127.0.0.4,127.0.0.5';
/** 256 numbers on each address; an odd count would lose one at random. */
const SMALL = '50000 50255';

const cwd = mkdtempSync(join(tmpdir(), 'portlab-wine-test-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

async function run(
  args: readonly string[],
  options: Partial<WineRunOptions> = {},
): Promise<RunDocument> {
  const words = ['run', ...args, '--stack', 'winsock', '--db', 'runs.labdb', '--json'];
  const { status, stdout, stderr } = await portlabInWine(words, {
    cwd,
    netnsRange: SMALL,
    ...options,
  });
  expect(status, stderr).toBe(0);
  return runDocumentSchema.parse(JSON.parse(stdout));
}

function outcomes({ claims }: RunDocument): string[] {
  return claims.map(({ id, outcome, basis }) => `${id} ${outcome} ${basis}`);
}

describeWine('experiments on real sockets', () => {
  it.each(['koffi', 'ffi-napi'])(
    'capacity through %s fills every address, and does not take the control’s scaling for the option’s',
    async (ffi) => {
      const document = await run([
        'capacity',
        '--exhaust',
        '--addresses',
        FOUR,
        '--ffi',
        ffi,
        '--set',
        'ports=1',
      ]);
      expect(document.run).toMatchObject({ stack: 'winsock', ffi, status: 'complete' });
      expect(document.run.host.wine).not.toBeNull();
      expect(document.arms.map((arm) => arm.strategy)).toEqual(['legacy', 'port-scalability']);
      for (const arm of document.arms) {
        expect(arm).toMatchObject({ bound: 1_024, overlap: 256, ended: 'exhausted' });
        expect(Object.values(arm.perAddress)).toEqual([256, 256, 256, 256]);
        expect(arm.firstError).toEqual({ call: 'bind', code: 10_048, name: 'WSAEADDRINUSE' });
        for (const [, ranges] of arm.ports ?? []) expect(ranges).toEqual([[50_000, 50_255]]);
      }
      expect(outcomes(document)).toEqual([
        'PS-1 refuted wine',
        'PS-2 inconclusive wine',
        'PS-3 inconclusive wine',
      ]);
      expect(document.verdict).toMatch(/^Wine, not Windows: the control scaled too/);
      expect(document.safety.openAfter).toBe(0);
      // socket, bind, getsockname, close a socket; with the option also its setsockopt and read-back.
      expect(document.run.eventCount).toBeGreaterThanOrEqual(1_024 * 4 + 1_024 * 6);
    },
    TEST_MS,
  );

  it(
    'capacity over UDP sees one range whose size nobody told, and tells ports from memory',
    async () => {
      const document = await run([
        'capacity',
        '--exhaust',
        '--addresses',
        FOUR,
        '--set',
        'protocol=udp',
        '--set',
        'arms=all',
      ]);
      expect(outcomes(document)).toEqual([
        'PS-1 confirmed wine',
        'PS-2 refuted wine',
        'PS-3 refuted wine',
        'own-pool inconclusive wine',
      ]);
      expect(document.answers).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ id: 'PS-1', value: 'one-range' }),
          expect.objectContaining({ id: 'A14', value: 'wine' }),
          expect.objectContaining({ id: 'reservations', value: 'unsupported' }),
        ]),
      );
      expect(document.safety.openAfter).toBe(0);
    },
    TEST_MS,
  );

  it(
    'connect-reuse finds numbers shared where connect chooses them, and none through 0x3007',
    async () => {
      const document = await run(['connect-reuse', '--addresses', FOUR]);
      expect(outcomes(document)).toEqual(['prefer-unicast refuted wine']);
      const values = document.answers?.map(({ id, value }) => `${id} ${value}`);
      expect(values).toEqual([
        'implicitConnect per-tuple',
        'connectSource routed',
        'tupleInUse 10049',
      ]);
      expect(document.measures['unbound.shared']).toBeGreaterThan(0);
      expect(document.measures['bind.shared']).toBe(0);
      expect(document.safety.openAfter).toBe(0);
    },
    TEST_MS,
  );

  it(
    'sweep, too, reports that the control repeats numbers',
    async () => {
      const document = await run(['sweep', '--addresses', FOUR]);
      expect(outcomes(document)).toEqual([
        'PS-1 refuted wine',
        'PS-2 inconclusive wine',
        'PS-4 inconclusive wine',
        'platform inconclusive wine',
      ]);
      expect(document.verdict).toContain('the control repeats numbers');
      expect(document.safety.peakHeld).toBeLessThanOrEqual(201);
    },
    TEST_MS,
  );

  it(
    'at the host’s full range the limits hold, and a report tells it',
    async () => {
      const document = await run(
        [
          'capacity',
          '--exhaust',
          '--addresses',
          FOUR,
          '--max-sockets',
          '6000',
          '--report',
          'full.html',
        ],
        { netnsRange: '32768 60999' },
      );
      expect(document.arms.map((arm) => [arm.bound, arm.ended])).toEqual([
        [6_000, 'max-sockets'],
        [6_000, 'max-sockets'],
      ]);
      const report = readFileSync(join(cwd, 'full.html'), 'utf8');
      expect(report).toContain(document.run.id);
      expect(report).toMatch(/WINE/i);
      expect(document.measures['legacy.bindP50Ns']).toBeGreaterThan(0);
    },
    TEST_MS,
  );

  it('what was recorded there is read on Linux, and its rows agree with its chunks', async () => {
    const { withLibrary } = await import('#main/service/storage.ts');
    withLibrary(join(cwd, 'runs.labdb'), (library) => {
      const runs = library.list();
      expect(runs.length).toBeGreaterThanOrEqual(4);
      for (const { id } of runs)
        expect(library.verify(id)).toEqual({ id, ok: true, problem: null });
    });
  });

  it(
    'an address the host lacks, an unknown range’s share and a lone address are refused',
    async () => {
      const refusal = async (...args: string[]): Promise<[number, string]> => {
        const { status, stderr } = await portlabInWine(
          ['run', 'sweep', '--stack', 'winsock', '--db', 'no.labdb', ...args],
          { cwd, netnsRange: SMALL },
        );
        return [status, stderr.trim()];
      };
      expect(await refusal('--addresses', '10.0.0.1,10.0.0.2')).toEqual([
        2,
        expect.stringContaining('no address 10.0.0.1'),
      ]);
      expect(await refusal('--reserve', '50%')).toEqual([
        3,
        expect.stringContaining('--max-sockets'),
      ]);
      expect(await refusal('--addresses', '127.0.0.2')).toEqual([
        3,
        expect.stringContaining('needs 2'),
      ]);
    },
    TEST_MS,
  );

  it(
    'auto takes the simulated stack there, and says that this is Wine',
    async () => {
      const { status, stdout } = await portlabInWine(['host', '--json', '--db', 'no.labdb'], {
        cwd,
      });
      expect(status).toBe(0);
      const host = JSON.parse(stdout) as {
        stack: string;
        why: string;
        wine: string;
        dynamicRanges: object;
      };
      expect(host.stack).toBe('simulated');
      expect(host.why).toContain(`Wine ${host.wine}`);
      expect(host.dynamicRanges).toEqual({ tcp4: null, tcp6: null, udp4: null, udp6: null });
    },
    TEST_MS,
  );
});
