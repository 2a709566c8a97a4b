import type { HostFacts } from '../model/host-facts.ts';

/**
 * Roles of a host on which exhausting ports is never all right, as data: a run that may go below the
 * reserve is refused there, on Windows and on Wine. What runs out of wildcard ports can't reach domain
 * controllers, DNS or file shares any more, and on these hosts others depend on just that. Source:
 * "TCP/IP port exhaustion troubleshooting", Microsoft (logons, group policy, file shares and remote
 * desktop fail); `because` says who else is hit.
 */
export interface ProtectedRole {
  /** As host facts list it. */
  readonly id: string;
  /** After "it is". */
  readonly title: string;
  /** Product types (wProductType) that have the role by themselves. */
  readonly productTypes: readonly NonNullable<HostFacts['os']['productType']>[];
  /** Services that make it: names of keys below HKLM\SYSTEM\CurrentControlSet\Services. */
  readonly services: readonly string[];
  /** Whom it would hit, as a whole sentence without its full stop. */
  readonly because: string;
}

export const PROTECTED_ROLES: readonly ProtectedRole[] = [
  {
    id: 'domain-controller',
    title: 'a domain controller',
    // wProductType 2, VER_NT_DOMAIN_CONTROLLER: the OSVERSIONINFOEXW page. "NTDS" is SERVICE_NTDS of
    // lmsname.h, Active Directory Domain Services.
    productTypes: ['domain-controller'],
    services: ['NTDS'],
    because: 'logons, group policy and replication of the whole domain go through it',
  },
  {
    id: 'dns-server',
    title: 'a DNS server',
    // "DNS" is the service of the DNS Server role ("Dnscache" is the client everybody has). It also
    // opens 2,500 UDP sockets for its own queries: "Configure the Socket Pool", Microsoft.
    productTypes: [],
    services: ['DNS'],
    because:
      'it asks other servers from dynamic ports, so names stop resolving for all its clients',
  },
  {
    id: 'cluster-node',
    title: 'a node of a failover cluster',
    // "ClusSvc": "Cluster Service Startup", Microsoft.
    productTypes: [],
    services: ['ClusSvc'],
    because:
      'the other nodes may take it for dead and move its roles, or the cluster may lose quorum',
  },
  {
    id: 'hyper-v-host',
    title: 'a Hyper-V host',
    // "vmms": vmms.exe, the Virtual Machine Management service; "Virtual System Management Services",
    // Microsoft.
    productTypes: [],
    services: ['vmms'],
    because: 'live migration, replication and storage of its virtual machines use its ports',
  },
];

/** What tells roles: the kind of Windows, and which of the services it has. */
export interface RoleFacts {
  readonly productType: HostFacts['os']['productType'];
  /**
   * By service name, for every service of the table that has a key: its `Start` value, null where the
   * key has none or may not be read.
   */
  readonly services: Readonly<Record<string, number | null>>;
}

/** The `Start` entry, Microsoft: 2 automatic, 3 manual, 4 "specifies that the service should not be started". */
const DISABLED = 4;

/**
 * The protected roles a host has. A disabled service is none, since it doesn't run: the Failover
 * Clustering feature brings a disabled ClusSvc to hosts that joined no cluster (commonly seen, on no
 * page of Microsoft). Everything else counts, a service that is started
 * by hand or whose start can't be read too: in doubt the host is protected.
 */
export function protectedRoles({ productType, services }: RoleFacts): ProtectedRole[] {
  const active = (name: string): boolean =>
    Object.hasOwn(services, name) && services[name] !== DISABLED;
  return PROTECTED_ROLES.filter(
    (role) =>
      (productType !== null && role.productTypes.includes(productType)) ||
      role.services.some(active),
  );
}

/** Every service name the table asks for. */
export const ROLE_SERVICES: readonly string[] = PROTECTED_ROLES.flatMap(({ services }) => services);
