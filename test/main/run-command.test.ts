import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { runDocumentSchema, type RunDocument } from '#engine/run/run-document.ts';
import { portlab, scratch, type Ended } from './portlab.ts';

const files = scratch();
afterAll(() => files.remove());

const LOOPBACK = '127.0.0.2,127.0.0.3,127.0.0.4,127.0.0.5';
const db = files.path('runs.labdb');

async function run(...args: string[]): Promise<RunDocument> {
  const { status, stdout, stderr } = await portlab('run', ...args, '--db', db, '--json');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return runDocumentSchema.parse(JSON.parse(stdout));
}

describe('capacity', () => {
  test('to the end: the range without the option, the range on every address with it, all modelled', async () => {
    const {
      run: head,
      arms,
      claims,
      verdict,
      safety,
    } = await run('capacity', '--addresses', LOOPBACK, '--exhaust');
    expect(head.stack).toBe('simulated');
    expect(head.host.why).toContain('Windows');
    const [legacy, option] = arms;
    expect(legacy).toMatchObject({
      strategy: 'legacy',
      bound: 16_384,
      overlap: 0,
      ended: 'exhausted',
    });
    expect(legacy?.firstError).toEqual({ call: 'bind', code: 10_055, name: 'WSAENOBUFS' });
    expect(Object.values(legacy?.perAddress ?? {})).toEqual([4_096, 4_096, 4_096, 4_096]);
    expect(option).toMatchObject({ strategy: 'port-scalability', bound: 65_536, overlap: 16_384 });
    expect(Object.values(option?.perAddress ?? {})).toEqual([16_384, 16_384, 16_384, 16_384]);
    expect(claims.map(({ id, outcome, basis }) => `${id} ${outcome} ${basis}`)).toEqual([
      'PS-1 confirmed modelled',
      'PS-2 confirmed modelled',
      'PS-3 confirmed modelled',
    ]);
    expect(verdict).toMatch(/^Simulated .* by 4: 65,536 ports on 4 addresses instead of 16,384/);
    expect(safety).toMatchObject({ exhaustive: true, peakHeld: 65_536, openAfter: 0 });
  });

  test('the page’s headline: 64 K on each of four addresses', async () => {
    const profile = files.path('wide.json');
    writeFileSync(
      profile,
      JSON.stringify({ dynamicRanges: { tcp4: { start: 1_025, count: 64_511 } } }),
    );
    const { arms } = await run(
      'capacity',
      '--addresses',
      LOOPBACK,
      '--exhaust',
      '--profile',
      profile,
    );
    expect(arms.map((arm) => arm.bound)).toEqual([64_511, 258_044]);
  });

  test('without --exhaust it stops at the reserve, and claims nothing', async () => {
    const { arms, claims, safety } = await run(
      'capacity',
      '--addresses',
      LOOPBACK,
      '--reserve',
      '16000',
    );
    expect(arms.map((arm) => arm.ended)).toEqual(['reserve', 'reserve']);
    expect(arms[0]?.bound).toBe(384);
    expect(safety).toMatchObject({ exhaustive: false, reserve: 16_000 });
    expect(new Set(claims.map((claim) => claim.outcome))).toEqual(new Set(['inconclusive']));
  });

  test('ports=1 lists what was held, and the lists agree with the counts', async () => {
    const { arms } = await run(
      'capacity',
      '--addresses',
      '10.0.0.1,10.0.0.2',
      '--max-sockets',
      '300',
      '--exhaust',
      '--set',
      'ports=1',
    );
    for (const arm of arms) {
      for (const [address, ranges] of arm.ports ?? []) {
        const listed = ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
        expect(listed).toBe(arm.perAddress[address]);
      }
      expect(arm.ended).toBe('max-sockets');
      expect(arm.bound).toBe(300);
    }
  });

  test('UDP and IPv6 have pools of their own', async () => {
    const udp = await run(
      'capacity',
      '--addresses',
      '10.0.0.1,10.0.0.2',
      '--exhaust',
      '--set',
      'protocol=udp',
    );
    expect(udp.arms.map((arm) => arm.bound)).toEqual([16_384, 32_768]);
    const v6 = await run('capacity', '--addresses', '2001:db8::1,2001:db8::2', '--exhaust');
    expect(v6.parameters['family']).toBe('ipv6');
    expect(v6.arms.map((arm) => arm.bound)).toEqual([16_384, 32_768]);
  });

  test('the same seed gives the same run', async () => {
    const once = await run(
      'capacity',
      '--addresses',
      '10.0.0.1,10.0.0.2',
      '--max-sockets',
      '50',
      '--set',
      'ports=1',
      '--seed',
      '7',
    );
    const again = await run(
      'capacity',
      '--addresses',
      '10.0.0.1,10.0.0.2',
      '--max-sockets',
      '50',
      '--set',
      'ports=1',
      '--seed',
      '7',
    );
    const other = await run(
      'capacity',
      '--addresses',
      '10.0.0.1,10.0.0.2',
      '--max-sockets',
      '50',
      '--set',
      'ports=1',
      '--seed',
      '8',
    );
    expect(again.arms).toEqual(once.arms);
    expect(other.arms).not.toEqual(once.arms);
  });
});

describe('sweep', () => {
  test('settles its claims while holding some 200 ports', async () => {
    const { claims, safety, arms, verdict } = await run('sweep', '--addresses', LOOPBACK);
    expect(claims.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
      'PS-1 confirmed',
      'PS-2 confirmed',
      'PS-4 confirmed',
      'platform confirmed',
    ]);
    expect(safety.peakHeld).toBe(201);
    expect(arms.map((arm) => [arm.strategy, arm.label, arm.overlap > 0])).toEqual([
      ['legacy', undefined, false],
      ['port-scalability', undefined, true],
      ['legacy', undefined, false],
      ['port-scalability', 'all kinds hold', true],
      ['legacy', 'all kinds hold', false],
    ]);
    expect(verdict).toContain('SO_PORT_SCALABILITY works');
  });

  test('never goes below the reserve, --exhaust or not', async () => {
    const profile = files.path('small.json');
    writeFileSync(
      profile,
      JSON.stringify({ dynamicRanges: { tcp4: { start: 50_000, count: 255 } } }),
    );
    const { safety } = await run(
      'sweep',
      '--addresses',
      LOOPBACK,
      '--profile',
      profile,
      '--exhaust',
    );
    expect(safety.exhaustive).toBe(false);
    expect(safety.peakHeld).toBe(51);
  });
});

test('a profile says everything it assumes, with sources', async () => {
  const { status, stdout } = await portlab('profiles', 'show', 'documented', '--json');
  expect(status).toBe(0);
  const { profile, switches } = JSON.parse(stdout) as {
    profile: string;
    switches: Record<'id' | 'name' | 'value' | 'default' | 'source' | 'mark', string>[];
  };
  expect(profile).toBe('documented');
  const ids = new Set(switches.map(({ id }) => id));
  for (let n = 1; n <= 30; n++) expect(ids, `A${n}`).toContain(`A${n}`);
  for (const entry of switches) {
    expect(entry.value, entry.id).toBe(entry.default);
    expect(entry.source, entry.id).not.toBe('');
  }
  expect((await portlab('profiles')).stdout).toContain('documented');
});

test('a dry run takes nothing, not even a database', async () => {
  const none = files.path('none.labdb');
  const { status, stdout } = await portlab(
    'run',
    'capacity',
    '--addresses',
    LOOPBACK,
    '--dry-run',
    '--json',
    '--db',
    none,
  );
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    wouldHold: 3_276 + 4 * 3_276,
    atOnce: 4 * 3_276,
    unionLost: 3_276,
    legacyLeft: 13_108,
    seconds: 2,
    refusal: null,
  });
  expect(existsSync(none)).toBe(false);
});

test('text goes to stdout, and says first what it is about', async () => {
  const { status, stdout, stderr } = await portlab(
    'run',
    'sweep',
    '--addresses',
    LOOPBACK,
    '--db',
    db,
  );
  expect(status).toBe(0);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^SIMULATED/);
  expect(stdout).toContain('Recorded as');
});

test('reports come in HTML, JSON and CSV', async () => {
  const html = files.path('report.html');
  const { run: head } = await run('sweep', '--addresses', LOOPBACK, '--report', html);
  expect(readFileSync(html, 'utf8')).toContain(head.id);
  for (const ending of ['json', 'csv']) {
    const out = files.path(`report.${ending}`);
    const { status } = await portlab('report', head.id, '--out', out, '--db', db);
    expect(status).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain(head.id);
  }
});

describe('bad input is one clear line', () => {
  const refused = async (status: number, words: RegExp, ...args: string[]): Promise<void> => {
    const ended: Ended = await portlab(...args, '--db', db);
    expect({ ...ended, line: ended.stderr.trimEnd() }).toMatchObject({
      status,
      line: expect.stringMatching(words),
    });
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(ended.stdout).toBe('');
    const json = await portlab(...args, '--db', db, '--json');
    expect(json.status).toBe(status);
    const { error } = JSON.parse(json.stdout) as {
      error: { kind: string; message: string; hint: string };
    };
    expect(error.message).not.toBe('');
    expect(error.hint).not.toBe('');
  };

  test.each<[number, RegExp, string[]]>([
    [2, /no experiment "nonsense".*sweep, .*capacity/, ['run', 'nonsense']],
    [2, /unknown option/, ['run', 'sweep', '--nonsense']],
    [2, /unknown command/, ['nonsense']],
    [2, /a command is missing/, []],
    [2, /a command is missing/, ['runs']],
    [2, /missing required argument/, ['run']],
    [2, /nonsense.*no IP address/, ['run', 'sweep', '--addresses', 'nonsense,10.0.0.2']],
    [3, /needs 2 addresses/, ['run', 'sweep', '--addresses', '10.0.0.1']],
    [2, /max-sockets.*-5/, ['run', 'sweep', '--max-sockets', '-5']],
    [2, /max-sockets.*99999999999/, ['run', 'sweep', '--max-sockets', '99999999999']],
    [2, /reserve/, ['run', 'capacity', '--reserve', '101%']],
    [3, /reserve of 20,000 ports/, ['run', 'capacity', '--reserve', '20000']],
    [3, /leaves nothing to bind/, ['run', 'capacity', '--reserve', '16384']],
    [2, /hold/, ['run', 'sweep', '--set', 'hold=0']],
    [2, /no such parameter/, ['run', 'sweep', '--set', 'nonsense=1']],
    [2, /without: takes some of sweep/, ['run', 'full', '--set', 'without=nonsense']],
    [2, /unknown profile/, ['run', 'sweep', '--profile', 'nonsense']],
    [2, /nowhere\.json/, ['run', 'sweep', '--profile', 'nowhere.json']],
    [2, /ending/, ['run', 'sweep', '--report', 'report.docx']],
    [3, /not there yet/, ['run', 'sweep', '--report', 'report.pdf']],
    [2, /no folder/, ['run', 'sweep', '--report', 'nowhere/report.html']],
    [2, /nonsense/, ['runs', 'show', 'nonsense']],
    [2, /nonsense/, ['runs', 'delete', 'nonsense']],
    [2, /nonsense/, ['report', 'nonsense', '--out', 'x.html']],
    [3, /redact.*not there yet/, ['runs', 'export', 'last', '--out', 'x.labrun', '--redact']],
  ])('exit %i: %s', async (status, words, args) => {
    await refused(status, words, ...args);
  });

  test.runIf(process.platform !== 'win32')(
    '--stack winsock where there is no Windows',
    async () => {
      await refused(3, /winsock.*Linux|winsock.*macOS/, 'run', 'sweep', '--stack', 'winsock');
    },
  );
});
