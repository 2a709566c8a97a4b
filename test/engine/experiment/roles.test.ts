import { describe, expect, test } from 'vitest';
import { PROTECTED_ROLES, ROLE_SERVICES, protectedRoles } from '#engine/experiment/roles.ts';

const AUTOMATIC = 2;
const MANUAL = 3;
const DISABLED = 4;

function ids(productType: Parameters<typeof protectedRoles>[0]['productType'], services = {}) {
  return protectedRoles({ productType, services }).map(({ id }) => id);
}

describe('protected roles', () => {
  test('a plain server or client has none', () => {
    expect(ids('server')).toEqual([]);
    expect(ids('workstation')).toEqual([]);
    expect(ids(null)).toEqual([]);
    expect(ids('server', { Dnscache: AUTOMATIC, Tcpip: 0 })).toEqual([]);
  });

  test('a domain controller is told by its product type alone', () => {
    expect(ids('domain-controller')).toEqual(['domain-controller']);
  });

  test.each([
    ['NTDS', 'domain-controller'],
    ['DNS', 'dns-server'],
    ['ClusSvc', 'cluster-node'],
    ['vmms', 'hyper-v-host'],
  ])('the service %s makes a %s, unless it is disabled', (service, role) => {
    expect(ids('server', { [service]: AUTOMATIC })).toEqual([role]);
    expect(ids('server', { [service]: MANUAL })).toEqual([role]);
    expect(ids('server', { [service]: DISABLED })).toEqual([]);
  });

  test('a service whose start can’t be read counts: in doubt the host is protected', () => {
    expect(ids('server', { DNS: null })).toEqual(['dns-server']);
  });

  test('one host may have several, each named once', () => {
    const services = { NTDS: AUTOMATIC, DNS: AUTOMATIC };
    expect(ids('domain-controller', services)).toEqual(['domain-controller', 'dns-server']);
    // A disabled NTDS makes no member server of a domain controller.
    expect(ids('domain-controller', { NTDS: DISABLED })).toEqual(['domain-controller']);
  });

  test('every service asked for belongs to one role, and every role says why', () => {
    expect(new Set(ROLE_SERVICES).size).toBe(ROLE_SERVICES.length);
    for (const { title, because } of PROTECTED_ROLES) {
      expect(title).toMatch(/^an? /);
      expect(because).toMatch(/^[a-z].*[^.]$/);
    }
  });
});
