import { describe, expect, it } from 'vitest';
import { documentedFor } from '#native/host/option-support.ts';
import { windowsName } from '#native/host/windows-version.ts';

function named(major: number, minor: number, build: number, workstation = false): string {
  return windowsName({ major, minor, build, productType: workstation ? 'workstation' : 'server' });
}

describe('names of Windows releases', () => {
  it.each([
    ['Windows Server 2008', 6, 0, 6_003],
    ['Windows Server 2008 R2', 6, 1, 7_601],
    ['Windows Server 2012', 6, 2, 9_200],
    ['Windows Server 2012 R2', 6, 3, 9_600],
    ['Windows Server 2016', 10, 0, 14_393],
    ['Windows Server 2019', 10, 0, 17_763],
    ['Windows Server 2022', 10, 0, 20_348],
    ['Windows Server, version 23H2', 10, 0, 25_398],
    ['Windows Server 2025', 10, 0, 26_100],
  ])('%s is %i.%i.%i', (name, major, minor, build) => {
    expect(named(major, minor, build)).toBe(name);
  });

  it.each([
    ['Windows 7', 6, 1, 7_601],
    ['Windows 10', 10, 0, 19_045],
    ['Windows 11', 10, 0, 22_000],
    ['Windows 11', 10, 0, 26_200],
  ])('%s is the client %i.%i.%i', (name, major, minor, build) => {
    expect(named(major, minor, build, true)).toBe(name);
  });

  it('of a version nobody knows yet is its number', () => {
    expect(named(11, 0, 30_000)).toBe('Windows 11.0');
  });
});

describe('what Microsoft documents', () => {
  const server2008 = { major: 6, minor: 0, productType: 'server' } as const;
  const windows11 = { major: 10, minor: 0, productType: 'workstation' } as const;

  it('SO_PORT_SCALABILITY: servers and domain controllers from 2008 on, no client', () => {
    expect(documentedFor('SO_PORT_SCALABILITY', server2008)).toBe(true);
    expect(
      documentedFor('SO_PORT_SCALABILITY', { ...server2008, productType: 'domain-controller' }),
    ).toBe(true);
    expect(documentedFor('SO_PORT_SCALABILITY', windows11)).toBe(false);
  });

  it('SO_REUSE_UNICASTPORT: Windows 8 and Server 2012 on, clients too', () => {
    expect(documentedFor('SO_REUSE_UNICASTPORT', windows11)).toBe(true);
    expect(documentedFor('SO_REUSE_UNICASTPORT', server2008)).toBe(false);
  });

  it('nothing, where the system is not Windows', () => {
    expect(documentedFor('SO_PORT_SCALABILITY', null)).toBe(false);
  });
});
