import { describe, expect, test } from 'vitest';
import type { HostFacts } from '#engine/model/host-facts.ts';
import { parseScript } from '#engine/script/parse-script.ts';
import { profileOfScript } from '#engine/script/simulate-script.ts';
import { assertMayStart } from '#main/service/prepare.ts';
import { prepareScript, type PreparedScript } from '#main/service/script/prepare-script.ts';
import type { ScriptRequest } from '#main/service/script/script-request.ts';
import { sampleHost } from './host-sample.ts';
import { scriptRequest } from './requests.ts';

const UNKNOWN = { tcp4: null, tcp6: null, udp4: null, udp6: null };

const fill = (count: number, more: object = {}): object => ({
  op: 'fill',
  as: `f${count}`,
  address: '10.0.0.1',
  count,
  ...more,
});

function prepare(
  steps: readonly object[],
  request: Partial<ScriptRequest> = {},
  host: Partial<HostFacts> = {},
  held = 0,
): Promise<PreparedScript> {
  return prepareScript(
    scriptRequest({
      script: parseScript(JSON.stringify({ portlab: 'script/1', steps })),
      ...request,
    }),
    { host: sampleHost(host), ffi: null, unavailable: 'not here' },
    async ({ dynamicRanges }, protocol, family) => {
      const range = dynamicRanges[`${protocol}${family === 'ipv4' ? '4' : '6'}`];
      const usable = range?.count ?? null;
      const freeOnAll = usable === null ? null : usable - held;
      return { usable, freeOnAll, othersUnknown: usable === null };
    },
  );
}

describe('on a real host', () => {
  test('a script that keeps the reserve may run: a fifth of the range is its', async () => {
    const { refusal, belowReserve, limits } = await prepare([fill(3_276)]);
    expect(refusal).toBeNull();
    expect(belowReserve).toBe(false);
    expect(limits.reserve).toBe(13_108);
    expect(limits.exhaustive).toBe(false);
  });

  test('one number more is refused, and says what would let it', async () => {
    const prepared = await prepare([fill(3_277)]);
    expect(() => assertMayStart(prepared)).toThrow(/up to 3,277 ports of tcp4.*leaves it 3,276/);
    expect(prepared.refusal?.hint).toContain('--exhaust --confirm SAMPLE-1');
    expect(
      (await prepare([fill(3_277)], { reserve: { kind: 'number', ports: 100 } })).refusal,
    ).toBeNull();
  });

  test('what others hold counts', async () => {
    const { refusal } = await prepare([fill(3_276)], {}, {}, 1);
    expect(refusal?.message).toContain('3,275');
  });

  test('what is closed before doesn’t count twice; what was connected counts on', async () => {
    const close = { op: 'close', socket: 'f3000' };
    expect((await prepare([fill(3_000), close, fill(3_200)])).refusal).toBeNull();
    expect((await prepare([fill(3_000), fill(3_200)])).refusal).not.toBeNull();
    const connected = Array.from({ length: 100 }, (_, i) => [
      { op: 'socket', as: `s${i}` },
      { op: 'connect', socket: `s${i}`, remote: { address: '10.9.9.9', port: 443 } },
      { op: 'close', socket: `s${i}` },
    ]).flat();
    expect((await prepare([...connected, fill(3_176)])).refusal).toBeNull();
    expect((await prepare([...connected, fill(3_177)])).refusal).not.toBeNull();
  });

  test('each pool has its own reserve', async () => {
    const udp = fill(3_276, { as: 'u', protocol: 'udp' });
    expect((await prepare([fill(3_276), udp])).refusal).toBeNull();
    const more = fill(3_277, { as: 'u', protocol: 'udp' });
    expect((await prepare([fill(3_276), more])).refusal?.message).toContain('udp4');
  });

  test('reserved blocks count', async () => {
    expect((await prepare([{ op: 'reserve', as: 'r', count: 4_000 }])).refusal).not.toBeNull();
  });

  test('going below needs --exhaust and the host’s name, typed right', async () => {
    for (const confirm of [undefined, 'OTHER', '']) {
      const prepared = await prepare([fill(9_000)], { exhaustive: true, confirm });
      expect(() => assertMayStart(prepared)).toThrow(/SAMPLE-1/);
    }
    const confirmed = await prepare([fill(9_000)], { exhaustive: true, confirm: 'sample-1' });
    expect(confirmed.refusal).toBeNull();
    expect(confirmed.belowReserve).toBe(true);
  });

  test('an unknown range is taken for the smallest there is', async () => {
    expect((await prepare([fill(51)], {}, { dynamicRanges: UNKNOWN })).refusal).toBeNull();
    const { refusal } = await prepare([fill(52)], {}, { dynamicRanges: UNKNOWN });
    expect(refusal?.message).toContain('range is unknown');
  });

  test.each([
    ['exit', { op: 'exit', process: 'p' }, /^step 1 \(exit\)/],
    [
      'a second process',
      { op: 'socket', as: 'b', process: 'q' },
      /^step 1 \(socket\): a second process/,
    ],
    [
      'the lab’s own as the second',
      { op: 'socket', as: 'b' },
      /^step 1 \(socket\): a second process/,
    ],
    ['an address to add', { op: 'addressAdd', address: '10.0.0.9' }, /^step 1 \(addressAdd\)/],
    [
      'an address to remove',
      { op: 'addressRemove', address: '10.0.0.1' },
      /^step 1 \(addressRemove\)/,
    ],
  ])('%s is refused with its step: it is for the simulated stack', async (_name, step, words) => {
    const first = { op: 'socket', as: 'a', process: 'p' };
    await expect(prepare([first, step])).rejects.toThrow(words);
    await expect(prepare([first, step])).rejects.toMatchObject({ kind: 'refused' });
  });

  test('one process is the lab’s own, whatever it is called', async () => {
    const steps = ['a', 'b'].map((as) => ({ op: 'socket', as, process: 'p' }));
    expect((await prepare(steps)).refusal).toBeNull();
  });
});

test('Wine and the simulated stack need no confirmation', async () => {
  const wine = await prepare([fill(9_000)], {}, { wine: '8.0', dynamicRanges: UNKNOWN });
  expect([wine.basis, wine.refusal]).toEqual(['wine', null]);
  const simulated = await prepare([fill(16_384)], {}, { stack: 'simulated' });
  expect([simulated.basis, simulated.refusal]).toEqual(['modelled', null]);
});

test('a share of an unknown range means nothing', async () => {
  const reserve = { kind: 'percent', percent: 50 } as const;
  await expect(prepare([fill(1)], { reserve }, { dynamicRanges: UNKNOWN })).rejects.toThrow(/50%/);
});

test('the simulated host has the profile’s addresses, else those the script names', async () => {
  const named = await prepare([fill(1)], {}, { stack: 'simulated' });
  expect(named.addresses).toEqual(['10.0.0.1']);
  const profile = { file: 'p.json', content: { addresses: ['192.0.2.1', '192.0.2.2'] } };
  const given = await prepare([fill(1)], { profile }, { stack: 'simulated' });
  expect(given.addresses).toEqual(['192.0.2.1', '192.0.2.2']);
});

test('a profile file goes over the script’s own, key by key', async () => {
  const own = {
    base: 'windows-server-2022',
    dynamicRanges: { tcp4: { start: 50_000, count: 10 }, udp4: { start: 50_000, count: 10 } },
    assumptions: { A4: 'same-process-only', A21: 60 },
  };
  const content = {
    base: 'windows-server-2008r2',
    dynamicRanges: { tcp4: { start: 51_000, count: 20 } },
    assumptions: { A21: 240 },
  };
  const script = { portlab: 'script/1', profile: own, steps: [fill(1)] };
  const profile = profileOfScript(parseScript(JSON.stringify(script)), { file: 'p.json', content });
  expect(profile).toMatchObject({ name: 'p.json, changed by the script', base: content.base });
  expect(profile.dynamicRanges.tcp4).toEqual({ start: 51_000, count: 20 });
  expect(profile.dynamicRanges.udp4).toEqual({ start: 50_000, count: 10 });
  expect(profile.assumptions).toMatchObject({
    A4: 'same-process-only',
    A21: '240',
    unicastPort: 'unknown-option',
  });
  const bad = { file: 'p.json', content: { adresses: [] } };
  expect(() => profileOfScript(parseScript(JSON.stringify(script)), bad)).toThrow(
    /p\.json.*adresses/,
  );
});
