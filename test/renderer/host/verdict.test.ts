import { describe, expect, it } from 'vitest';
import type { HostView } from '#engine/api/views.ts';
import type { HostFacts } from '#engine/model/host-facts.ts';
import { optionNote } from '#renderer/screens/host/option-note.ts';
import { hostVerdict, priceWords } from '#renderer/screens/host/verdict.ts';

const OPTION = {
  documented: true,
  settable: true,
  readable: true,
  honoured: 'unknown',
  evidence: null,
} as const;

function view(change: Partial<HostFacts> = {}, usable = 2): HostView {
  const facts: HostFacts = {
    platform: 'win32',
    hostname: 'SERVER',
    os: { name: 'Windows Server 2022', build: '20348.1', productType: 'server' },
    wine: null,
    addresses: [],
    dynamicRanges: { tcp4: null, tcp6: null, udp4: null, udp6: null },
    excludedRanges: null,
    autoReuseRange: { start: 0, count: 0 },
    roles: [],
    options: { SO_PORT_SCALABILITY: OPTION, SO_REUSE_UNICASTPORT: OPTION },
    stack: 'winsock',
    why: 'ws2_32.dll loads and accepts SO_PORT_SCALABILITY',
    ...change,
  };
  const addresses = Array.from({ length: usable }, (_, at) => `192.0.2.${at + 1}`);
  return {
    facts,
    readAt: '2026-11-21T02:14:08Z',
    tookMs: 5,
    usableAddresses: { ipv4: addresses, ipv6: [] },
  };
}

describe('the verdict on a host', () => {
  it('is that real experiments are possible where the stack is Windows’ own', () => {
    const verdict = hostVerdict(view());
    expect(verdict.sentence).toBe('Real experiments possible on this server.');
    expect(verdict.checks.every(({ holds }) => holds === true)).toBe(true);
    expect(verdict.next.button).toBe('Run Sweep, safe');
  });

  it('names the roles that forbid exhaustive runs, and says where they are unknown', () => {
    expect(hostVerdict(view({ roles: ['dns-server', 'hyper-v-host'] })).checks).toContainEqual({
      words: 'a DNS server, a Hyper-V host: no exhaustive runs',
      holds: false,
    });
    for (const roles of [null, undefined]) {
      expect(hostVerdict(view({ roles })).checks).toContainEqual({
        words: 'no protected role',
        holds: null,
      });
    }
  });

  it('does not call a workstation a server', () => {
    const os = { name: 'Windows 11', build: '26100.1', productType: 'workstation' } as const;
    expect(hostVerdict(view({ os })).sentence).toBe('Real experiments possible on this machine.');
  });

  it('gives the reason for the simulated stack, without what only a console can use', () => {
    const why = 'this ws2_32.dll is Wine 8.0, which is no evidence about Windows';
    const verdict = hostVerdict(
      view({ stack: 'simulated', wine: '8.0', why: `${why} (--stack winsock runs on it anyway)` }),
    );
    expect(verdict.possible).toBe(false);
    expect(verdict.sentence).toBe(`Simulated, because ${why}.`);
    expect(verdict.checks).toContainEqual({ words: 'not Wine', holds: false });
    expect(verdict.next.button).toBe('Run Sweep, simulated');
  });

  it('asks nothing of Windows on another system', () => {
    const why = 'ws2_32.dll is part of Windows, and this is Linux';
    expect(hostVerdict(view({ platform: 'linux', stack: 'simulated', why })).checks).toEqual([]);
  });

  it('says that a single address shows no number twice', () => {
    expect(hostVerdict(view({}, 1)).checks).toContainEqual({
      words: '1 usable IPv4 address',
      holds: false,
    });
  });
});

describe('the price of the next step', () => {
  it('comes from its preview', () => {
    const plan = {
      wouldHold: 9_000,
      atOnce: 201,
      unionLost: 201,
      legacyLeft: 13_799,
      seconds: 9,
      refusal: null,
    };
    expect(priceWords({ stack: 'winsock', plan })).toBe('201 ports at once for about 9 s');
    expect(priceWords({ stack: 'simulated', plan })).toContain('no socket is opened');
    expect(priceWords(undefined)).toBe('');
  });
});

describe('what an option’s answers mean', () => {
  it('says that nobody was asked where ws2_32 was not called', () => {
    const untried = { ...OPTION, settable: null, readable: null };
    const { facts } = view({
      options: { SO_PORT_SCALABILITY: untried, SO_REUSE_UNICASTPORT: untried },
    });
    expect(optionNote('SO_PORT_SCALABILITY', facts)).toContain('Nobody could be asked');
  });

  it('names the build that no run settles, and the sweep that would', () => {
    expect(optionNote('SO_PORT_SCALABILITY', view().facts)).toBe(
      'No recorded run on build 20348.1 settles it yet. A sweep does.',
    );
  });

  it('does not send to a sweep where none can settle it', () => {
    expect(optionNote('SO_PORT_SCALABILITY', view({ wine: '8.0' }).facts)).toBe(
      'No run on Wine can settle whether Windows honours it.',
    );
  });

  it('says that an empty auto-reuse range makes unicast reuse useless', () => {
    expect(optionNote('SO_REUSE_UNICASTPORT', view().facts)).toContain('gains nothing');
  });
});
