import type { IpAddress } from '#engine/model/address.ts';
import type { HostAddress } from '#engine/model/host-facts.ts';
import {
  IF_OPER_STATUS_UP,
  IF_TYPE_PPP,
  IF_TYPE_TUNNEL,
  IP_SUFFIX_ORIGIN_RANDOM,
} from './adapter-constants.ts';

/** What an adapter and its address say that bears on choosing it. */
export interface AddressTraits {
  readonly address: IpAddress;
  readonly state: HostAddress['state'];
  /** IP_SUFFIX_ORIGIN */
  readonly suffixOrigin: number;
  readonly interface: string;
  readonly description: string;
  /** IANA ifType */
  readonly ifType: number;
  /** IF_OPER_STATUS */
  readonly operStatus: number;
}

/**
 * Adapters by what their driver calls itself: names in English whatever the system's language.
 * Sources: the drivers' own INF descriptions.
 */
const SPECIAL_ADAPTERS: readonly (readonly [RegExp, string])[] = [
  [/failover cluster/i, 'cluster adapter'],
  [/network load balancing/i, 'network load balancing adapter'],
  [/\b(vpn|wireguard|wintun|tap-windows|tap-win32|zerotier|tailscale)\b/i, 'VPN adapter'],
];

/**
 * Why the lab doesn't take an address by itself: it may go away, belong to something else, or not
 * be bindable yet. The admin may still name it.
 * @returns undefined where nothing speaks against it
 */
export function whyNotDefault(traits: AddressTraits): string | undefined {
  const { address, state, ifType } = traits;
  if (state === 'tentative') return 'tentative: duplicate address detection is not done';
  if (state === 'duplicate') return 'duplicate: another host has this address';
  if (state === 'deprecated') return 'deprecated: its preferred lifetime is over';
  if (traits.operStatus !== IF_OPER_STATUS_UP) return 'its adapter is not up';
  if (isLinkLocal(address)) return 'link-local address';
  // A random suffix is how GetAdaptersAddresses shows RFC 8981 temporary addresses. Loopback and
  // IPv4 have none.
  if (address.family === 'ipv6' && traits.suffixOrigin === IP_SUFFIX_ORIGIN_RANDOM) {
    return 'temporary IPv6 address';
  }
  if (ifType === IF_TYPE_TUNNEL) return 'tunnel adapter';
  if (ifType === IF_TYPE_PPP) return 'VPN or dial-up adapter';
  // Windows names the host's side of a Hyper-V, WSL or container switch so in every language.
  if (traits.interface.startsWith('vEthernet')) return 'virtual switch adapter (vEthernet)';
  return SPECIAL_ADAPTERS.find(([pattern]) => pattern.test(traits.description))?.[1];
}

/** 169.254/16 (RFC 3927) and fe80::/10 (RFC 4291). */
export function isLinkLocal({ family, bytes }: IpAddress): boolean {
  const [first = 0, second = 0] = bytes;
  return family === 'ipv4' ? first === 169 && second === 254 : first === 0xfe && second >> 6 === 2;
}
