import { describe, expect, test } from 'vitest';
import { diagnose } from '#engine/doctor/diagnose.ts';
import type { HostLook } from '#engine/doctor/host-look.ts';
import { DEFAULT_DYNAMIC_RANGE } from '#engine/model/port-range.ts';
import { look, many, NAMES, RANGE, W3WP, withHost } from './sample-look.ts';

const ENDPOINT = '10.20.9.40:443';
const ONE = { remote: ENDPOINT };
/** An ordinary range, so that nothing about it is odd; 16,384 numbers. */
const WIDE = { dynamicRanges: all(DEFAULT_DYNAMIC_RANGE) };
const SPREAD = many(990, 0).map((socket, at) => ({
  ...socket,
  state: 'connected' as const,
  remote: `10.1.${at >> 8}.${at & 255}:443`,
}));
const RAN_OUT = [
  { id: 4231, at: '2026-01-02T02:11:52.000Z', text: 'x' },
  { id: 4231, at: '2026-01-01T23:00:00.000Z', text: 'x' },
];
const TOO_SOON = [{ id: 4227, at: '2026-01-02T01:00:00.000Z', text: 'x' }];

function all<T>(value: T) {
  return { tcp4: value, tcp6: value, udp4: value, udp6: value };
}

function adviceOf(host: HostLook): string {
  return diagnose(host).advice;
}

describe('out of ports', () => {
  test('because one process holds them to one endpoint: more addresses will not help', () => {
    const { advice, severity, powershell } = diagnose(look({ tcp4: many(995, 0, ONE) }));
    expect(severity).toBe('out');
    expect(advice).toMatch(
      /^Out of TCP IPv4 ports \(5 of 1,000 free on all addresses\): w3wp\.exe \(PID 4312\) holds 995 of them, 995 to one endpoint, 10\.20\.9\.40:443; more addresses will not help/,
    );
    expect(powershell).toContain(`-OwningProcess ${W3WP}`);
    expect(powershell).toContain("-RemoteAddress '10.20.9.40' -RemotePort 443");
  });

  test('because one process holds them to many endpoints: an auto-reuse range would help', () => {
    const advice = adviceOf(look({ tcp4: SPREAD }));
    expect(advice).toContain('its connections going to 990 endpoints');
    expect(advice).toContain('SO_REUSE_UNICASTPORT');
    expect(advice).not.toContain('one endpoint');
  });

  test('because one process leaks bound sockets', () => {
    const advice = adviceOf(look({ tcp4: many(995, 0, { state: 'bound' }) }));
    expect(advice).toContain(
      'holds 995 of them, 995 bound and not connected, which looks like a leak',
    );
  });

  test('though it seems to use the option: then it does not say that addresses will not help', () => {
    const twice = many(995, 0, ONE).flatMap((socket) => [
      socket,
      { ...socket, local: `10.0.0.5:${socket.port}` },
    ]);
    const advice = adviceOf(look({ tcp4: twice }));
    expect(advice).toContain('appears to use SO_PORT_SCALABILITY (confidence high)');
    expect(advice).toContain('another address would give it more');
    expect(advice).not.toContain('will not help');
  });

  test('because of TIME_WAIT to one endpoint', () => {
    const waiting = many(700, 0, { pid: 0, state: 'time-wait', remote: ENDPOINT });
    const { advice, powershell } = diagnose(look({ tcp4: [...waiting, ...many(295, 700, ONE)] }));
    expect(advice).toContain('700 numbers wait in TIME_WAIT, 700 of them to 10.20.9.40:443');
    expect(powershell).toContain('-State TimeWait');
  });

  test('because of DNS Server’s socket pool, in UDP', () => {
    const advice = adviceOf(look({ udp4: many(995, 0, { pid: 53, state: 'bound' }) }));
    expect(advice).toMatch(/^Out of UDP IPv4 ports .*dns\.exe \(PID 53\).*socket pool/);
  });

  test('because of many processes: none is named the cause', () => {
    const crowd = many(995, 0).map((socket, at) => ({ ...socket, pid: 1 + (at % 10) }));
    expect(adviceOf(look({ tcp4: crowd }))).toContain('no single process is the cause');
  });

  test('because of the lab itself', () => {
    const own = look({ tcp4: many(995, 0, { pid: 99 }) }, { ownPids: [99] });
    const { advice, holders, labPorts } = diagnose(own);
    expect(advice).toContain('the lab itself holds 995 of them; portlab stop');
    expect(holders).toEqual([]);
    expect(labPorts).toBe(995);
  });

  test('because exclusions take them', () => {
    const barred = [{ start: RANGE.start, count: 990 }];
    const base = look({ tcp4: many(10, 990).map((socket, at) => ({ ...socket, pid: at + 1 })) });
    const pools = { ...base.pools, tcp4: { ...base.pools.tcp4, barred } };
    expect(adviceOf({ ...base, pools })).toContain('exclusions take 990 of the 1,000 numbers');
  });
});

describe('the order', () => {
  const crowded = look({ tcp4: many(995, 0, ONE) }, { events: [...RAN_OUT, ...TOO_SOON] });

  test('the pool with the smallest share left is the one spoken of', () => {
    const both = look({ tcp4: many(950, 0, ONE), udp6: many(999, 0, { state: 'bound' }) });
    expect(adviceOf(both)).toMatch(/^Out of UDP IPv6 ports/);
  });

  test('a shortage now comes before events, events before oddities, these before all is well', () => {
    const host = withHost(WIDE, crowded);
    expect(adviceOf(crowded)).toMatch(/^Out of/);
    expect(adviceOf(host)).toMatch(
      /^Ran out of TCP ports at 02:11 UTC \(event 4231, 2 times in 24 h\)/,
    );
    expect(adviceOf({ ...host, events: TOO_SOON })).toMatch(/event 4227, once in 24 h/);
    const leaking = withHost(WIDE, look({ tcp4: many(1_000, 0, { state: 'bound' }) }));
    expect(adviceOf(leaking)).toMatch(/^Ports are left, but w3wp\.exe \(PID 4312\) holds 1,000/);
    expect(adviceOf(withHost(WIDE))).toBe(
      'All is well: 16,384 of 16,384 TCP IPv4 ports are free on all addresses, and no pool has a smaller share left; one oddity below.',
    );
  });

  test('nearly out is from a tenth on, out from a hundredth', () => {
    const severities = [900, 899, 990, 989].map(
      (count) => diagnose(look({ tcp4: many(count, 0, ONE) })).severity,
    );
    expect(severities).toEqual(['low', 'attention', 'out', 'low']);
  });
});

describe('where sources are missing', () => {
  test('without a range it says that it doesn’t know, and what it sees', () => {
    const wine = withHost({ dynamicRanges: all(null), wine: '8.0' }, look({ tcp4: many(5, 0) }));
    const { advice, severity, unknown } = diagnose({ ...wine, basis: 'wine', names: null });
    expect(severity).toBe('unknown');
    expect(advice).toBe(
      "I don't know how many ports are left, because the dynamic port range could not be read; all there is to see is that PID 4312 holds most, 5 TCP IPv4 ports.",
    );
    expect(unknown.join(' ')).toContain('The dynamic port range of TCP IPv4, TCP IPv6');
  });

  test('without any list of sockets too', () => {
    const blind = look();
    const none = { held: null, before: null, after: null, established: null, barred: null };
    const { advice, headroom, unexplained } = diagnose({ ...blind, pools: all(none) });
    expect(advice).toContain('because who holds ports could not be read');
    expect(headroom[0]).toMatchObject({ total: 1_000, used: null, freeOnAll: null });
    expect(unexplained).toBeNull();
  });

  test('of one pool alone: that pool is named, and all is not said to be well', () => {
    const host = withHost({ dynamicRanges: { ...WIDE.dynamicRanges, tcp6: null } });
    const { advice, severity } = diagnose(host);
    expect(severity).toBe('unknown');
    expect(advice).toMatch(/^I don't know how many TCP IPv6 ports are left, because the dynamic/);
  });

  test('of bound-only sockets: all is well but for these', () => {
    const quiet = withHost(WIDE);
    const pools = { ...quiet.pools, tcp4: { ...quiet.pools.tcp4, held: null, after: [] } };
    expect(adviceOf({ ...quiet, pools })).toContain('(bound-only sockets of TCP IPv4 not counted)');
  });

  test('events that could not be read are not "no events"', () => {
    const { events, unknown } = diagnose({ ...look(), events: null });
    expect(events).toEqual([]);
    expect(unknown).toContainEqual(expect.stringContaining('4227, 4231 and 4266'));
    expect(diagnose(look()).unknown).toEqual([]);
  });

  test('names that could not be read leave the PID', () => {
    const nameless = look({ tcp4: many(995, 0, ONE) }, { names: null });
    expect(adviceOf(nameless)).toContain(': PID 4312 holds 995');
    expect(NAMES.size).toBeGreaterThan(0);
  });
});
