import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnose, sampleOf } from '#engine/doctor/diagnose.ts';
import type { HeldSocket, HostLook, PoolLook } from '#engine/doctor/host-look.ts';
import { optionUse } from '#engine/doctor/option-use.ts';
import { poolStates } from '#engine/doctor/pool-state.ts';
import { powershell, type Topic } from '#engine/doctor/powershell.ts';
import { held, look, many, RANGE, withHost } from './sample-look.ts';

const REMOTE = { remote: '10.9.9.9:443' };

function withPool(more: Partial<PoolLook>): HostLook {
  const base = look();
  return { ...base, pools: { ...base.pools, tcp4: { ...base.pools.tcp4, ...more } } };
}

describe('figures', () => {
  test('a number counts once for headroom, whoever holds it, and not in an exclusion or outside', () => {
    const sockets = [
      held(50_000),
      held(50_000, { local: '10.0.0.5:50000', pid: 7 }),
      held(50_001, REMOTE),
      held(50_010),
      held(443, REMOTE),
    ];
    const barred = [{ start: 50_010, count: 10 }];
    const { headroom, holders, seen } = diagnose(withPool({ held: sockets, barred }));
    expect(headroom[0]).toEqual({
      protocol: 'tcp',
      family: 'ipv4',
      total: 990,
      used: 2,
      freeOnAll: 988,
    });
    expect(holders.map(({ pid, ports }) => [pid, ports])).toEqual([
      [4_312, 3],
      [7, 1],
    ]);
    expect(seen).toBe(5);
  });

  test('holders of all pools, most first, say where they connect and what is bound only', () => {
    const { holders } = diagnose(
      look({
        tcp4: [...many(3, 0, REMOTE), held(50_500, { state: 'bound' })],
        udp6: many(9, 0, { pid: 53, state: 'bound' }),
      }),
    );
    expect(holders).toMatchObject([
      { pid: 53, name: 'dns.exe', ports: 9, boundOnly: 9, protocol: 'udp', family: 'ipv6' },
      { pid: 4_312, ports: 4, boundOnly: 1, remote: '10.9.9.9:443', toRemote: 3 },
    ]);
  });

  test('TIME_WAIT is counted by endpoint; a server’s own port uses up nothing', () => {
    const waiting = { pid: 0, state: 'time-wait' } as const;
    const { timeWait, holders } = diagnose(
      look({
        tcp4: [
          ...many(2, 0, { ...waiting, remote: 'a:1' }),
          ...many(3, 10, { ...waiting, remote: 'b:2' }),
          held(443, { ...waiting, remote: '10.0.7.7:51000' }),
        ],
      }),
    );
    expect(timeWait).toEqual([
      { remote: 'b:2', count: 3 },
      { remote: 'a:1', count: 2 },
    ]);
    expect(holders[0]).toMatchObject({ pid: 0, name: 'TIME_WAIT', ports: 5 });
  });

  test('the system’s table stands in where netstat told nothing, and that is said', () => {
    const told = diagnose(withPool({ held: null, after: many(4, 0) }));
    expect(told.headroom[0]?.used).toBe(4);
    expect(told.unknown).toContainEqual(expect.stringMatching(/^Bound-only sockets of TCP IPv4/));
  });
});

describe('unexplained', () => {
  const table = [held(50_000), held(50_001, REMOTE)];

  test('nothing, where both sources tell the same; bound-only sockets are in one alone', () => {
    const list = [...table, held(50_002, { state: 'bound' })];
    expect(diagnose(withPool({ held: list, before: table, after: table })).unexplained).toBe(0);
  });

  test('what the table had all along and the list lacks, and what only the list has', () => {
    const list = [held(50_000), held(50_007)];
    expect(diagnose(withPool({ held: list, before: table, after: table })).unexplained).toBe(2);
  });

  test('what came or went in between is no difference', () => {
    const list = [held(50_000), held(50_003)];
    const after = [held(50_000), held(50_003), held(50_004)];
    expect(diagnose(withPool({ held: list, before: table, after })).unexplained).toBe(0);
  });

  test('what no running program owns, but for TIME_WAIT', () => {
    const gone = [held(50_000, { pid: 1_234 }), held(50_001, { pid: 0, ...REMOTE })];
    const waiting = held(50_002, { pid: 0, state: 'time-wait', ...REMOTE });
    const { unexplained, holders } = diagnose(look({ tcp4: [held(50_003), ...gone, waiting] }));
    expect(unexplained).toBe(2);
    expect(holders.filter(({ pid }) => pid === 0).map(({ name }) => name)).toEqual([
      '',
      'TIME_WAIT',
    ]);
    expect(diagnose(look({ tcp4: gone }, { names: null })).unexplained).toBe(1);
  });

  test('with the table alone, what the statistics count beyond it', () => {
    const alone = { held: null, after: table, before: table };
    const base = withPool({ ...alone, established: { counted: 5, listed: 1 } });
    expect(diagnose(base).unexplained).toBe(4);
  });
});

describe('oddities', () => {
  const odd = (host: HostLook): string => diagnose(host).oddities.join('\n');

  test('WinNAT’s blocks, and what they take', () => {
    const block = (start: number, administered = false) =>
      ({ protocol: 'tcp', family: 'ipv4', start, count: 100, administered }) as const;
    const text = odd(withHost({ excludedRanges: [block(50_100), block(50_300)] }));
    expect(text).toContain(
      'Exclusions take 200 of 1,000 numbers of the TCP IPv4 range (20 %), with 2 blocks of 100 among them: WinNAT',
    );
    const other = odd(withHost({ excludedRanges: [block(50_100, true), block(40_000)] }));
    expect(other).not.toContain('WinNAT');
  });

  test('a range moved to 1025, said once for all pools', () => {
    const moved = { start: 1_025, count: 60_000 };
    const text = odd(
      withHost({ dynamicRanges: { tcp4: moved, tcp6: moved, udp4: moved, udp6: moved } }),
    );
    expect(text).toContain(
      'of TCP IPv4, TCP IPv6, UDP IPv4, UDP IPv6 was moved: it begins at 1025',
    );
    expect(text.match(/was moved/g)).toHaveLength(1);
  });

  test('DNS Server’s 2,500 ports, handles beyond 10,000, no auto-reuse range', () => {
    const wide = { start: 1_025, count: 60_000 };
    const dns = look({ udp4: many(2_500, -40_000, { pid: 53, state: 'bound' }) });
    const text = odd(
      withHost(
        { dynamicRanges: { tcp4: wide, tcp6: wide, udp4: wide, udp6: wide } },
        { ...dns, handles: new Map([[53, 12_345]]) },
      ),
    );
    expect(text).toContain(
      'dns.exe (PID 53) holds 2,500 UDP IPv4 ports: the socket pool of DNS Server',
    );
    expect(text).toContain('dns.exe (PID 53) has 12,345 handles open');
    expect(text).toContain('No auto-reuse range is set, so SO_REUSE_UNICASTPORT');
    expect(odd(withHost({ autoReuseRange: null }))).not.toContain('auto-reuse');
  });

  test('bound-only sockets of one process, in TCP alone', () => {
    const bound = { state: 'bound' } as const;
    expect(odd(look({ tcp4: many(100, 0, bound) }))).toMatch(
      /^w3wp\.exe \(PID 4312\) holds 100 TCP/m,
    );
    expect(odd(look({ tcp4: many(99, 0, bound), udp4: many(500, 0, bound) }))).not.toContain(
      'leak',
    );
  });

  test('each says what to do', () => {
    const { oddities } = diagnose(look({ tcp4: many(200, 0, { state: 'bound' }) }));
    expect(oddities.length).toBeGreaterThan(1);
    for (const text of oddities) expect(text).toMatch(/\. Do: .+\.$/);
  });
});

describe('use of the option', () => {
  const onTwo = (count: number, more: Partial<HeldSocket> = {}): HeldSocket[] =>
    ['10.0.0.4', '10.0.0.5'].flatMap((address) =>
      many(count, 0, REMOTE).map((socket) => ({
        ...socket,
        local: `${address}:${socket.port}`,
        ...more,
      })),
    );
  const usesOf = (sockets: readonly HeldSocket[], autoReuse = { start: 0, count: 0 }) =>
    optionUse(poolStates(look({ tcp4: sockets }))[0]!, autoReuse);

  test('is suspected where one process has numbers on two addresses, surer with more of them', () => {
    expect([1, 8, 32].map((count) => usesOf(onTwo(count))[0]?.confidence)).toEqual([
      'low',
      'medium',
      'high',
    ]);
    const [found] = usesOf(onTwo(38));
    expect(found).toEqual({ pid: 4_312, shared: 38, addresses: 2, confidence: 'high' });
    const pool = poolStates(look({ tcp4: onTwo(38) }))[0]!;
    expect(optionUse(pool, null)[0]?.confidence).toBe('medium');
  });

  test('is not, where something else explains it', () => {
    const listener = held(50_000, { local: '0.0.0.0:50000' });
    expect(usesOf([listener, ...onTwo(1)]), 'accepted connections').toEqual([]);
    expect(usesOf(onTwo(38), RANGE), 'the auto-reuse range').toEqual([]);
    expect(usesOf(onTwo(38, { pid: 0, state: 'time-wait' })), 'nobody').toEqual([]);
    const two = onTwo(38).map((socket, at) => ({ ...socket, pid: at < 38 ? 1 : 2 }));
    expect(usesOf(two), 'two processes').toEqual([]);
    const onAll = many(38, 0).map((socket) => ({ ...socket, local: `0.0.0.0:${socket.port}` }));
    expect(usesOf([...onAll, ...many(38, 0, REMOTE)]), 'the wildcard address').toEqual([]);
  });
});

describe('PowerShell', () => {
  const topics: Topic[] = [
    { kind: 'process', pid: 1, protocol: 'tcp', remote: '[fe80::1%12]:443' },
    { kind: 'process', pid: 1, protocol: 'udp', remote: null },
    { kind: 'time-wait', remote: null },
    { kind: 'exclusions', protocol: 'tcp', family: 'ipv6' },
    { kind: 'range', protocol: 'udp', family: 'ipv4' },
    { kind: 'events' },
    { kind: 'overview' },
  ];

  test.each(topics)('only reads: $kind', (topic) => {
    for (const line of powershell(topic, 'measured').split('\n')) {
      expect(line).toMatch(/^(# |Get-[A-Za-z]+ |netsh interface ipv[46] show )/);
    }
  });

  test('takes no remote that is no address', () => {
    for (const remote of [
      "x'; Stop-Computer; ':1",
      '34 endpoints',
      "::1%';x:1",
      '10.0.0.1:999999',
    ]) {
      const text = powershell({ kind: 'time-wait', remote }, 'measured');
      expect(text).not.toContain('-RemoteAddress');
    }
    expect(powershell(topics[0]!, 'measured')).toContain(
      "-RemoteAddress 'fe80::1%12' -RemotePort 443",
    );
  });

  test('of a modelled host says so first', () => {
    expect(powershell({ kind: 'overview' }, 'modelled')).toMatch(/^# SIMULATED/);
  });
});

test('whatever is held, figures agree with each other and with the sample watch keeps', () => {
  const socket: fc.Arbitrary<HeldSocket> = fc
    .record({
      port: fc.integer({ min: 49_990, max: 50_050 }),
      pid: fc.integer({ min: 0, max: 4 }),
      state: fc.constantFrom('listening', 'connected', 'time-wait', 'bound', 'unknown'),
      remote: fc.constantFrom(null, '10.9.9.9:443', '10.9.9.8:443'),
    })
    .map((one) => ({ ...one, local: `10.0.0.4:${one.port}` }));
  fc.assert(
    fc.property(fc.array(socket, { maxLength: 120 }), (sockets) => {
      const host = look({ tcp4: sockets }, { ownPids: [4] });
      const { headroom, holders, advice, unexplained } = diagnose(host);
      const [row] = headroom;
      const numbers = new Set(sockets.map(({ port }) => port).filter((port) => port >= 50_000));
      expect(row?.used).toBe(numbers.size);
      expect(row?.freeOnAll).toBe(1_000 - numbers.size);
      for (const { ports, boundOnly, toRemote, pid } of holders) {
        expect(pid).not.toBe(4);
        expect(boundOnly).toBeLessThanOrEqual(ports);
        expect(toRemote).toBeLessThanOrEqual(sockets.length);
      }
      expect(advice).toMatch(/\.$/);
      expect(unexplained).not.toBeNull();
      const { pools, top } = sampleOf(host);
      expect(pools.map(({ timeWait: _timeWait, ...rest }) => rest)).toEqual(headroom);
      expect(top?.ports).toBe(holders.find(({ pid }) => pid !== 0)?.ports);
    }),
    { numRuns: process.env['PORTLAB_DEEP'] === '1' ? 2_000 : 200 },
  );
});
