import { parseAddress } from '#engine/model/address.ts';
import type { HostFacts } from '#engine/model/host-facts.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { Family } from '#engine/model/protocol.ts';

/** All of 127/8 can be bound without configuring it. */
const LOOPBACK_STAND_INS = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5'];

/** Addresses a run may name, at most: event rows number them in 16 bits. */
const MOST = 4_096;

export interface AddressWish {
  /** As typed, or undefined when left out. */
  readonly named: readonly string[] | undefined;
  readonly family: Family;
  /** Addresses a simulated profile brings along. */
  readonly ofProfile: readonly string[];
  readonly stack: HostFacts['stack'];
  readonly minimum: number;
}

/**
 * The addresses of a run: the named ones; else (simulated) the profile's; else the host's usable ones
 * of the family; where these are fewer than two, 127.0.0.2 to 127.0.0.5.
 * @throws LabError usage: malformed, twice, another family, not on this host · refused: too few
 */
export function chooseAddresses(wish: AddressWish, host: HostFacts): string[] {
  if (wish.named !== undefined) return checkNamed(wish, wish.named, host);
  if (wish.stack === 'simulated' && wish.ofProfile.length > 0) {
    return enough(
      wish,
      wish.ofProfile.filter((text) => parseAddress(text)?.family === wish.family),
    );
  }
  const usable = usableAddresses(host, wish.family);
  if (usable.length >= 2) return enough(wish, usable);
  if (wish.family === 'ipv6') {
    throw new LabError(
      'refused',
      `this host has ${usable.length === 0 ? 'no usable IPv6 address' : 'only one usable IPv6 address'}, and IPv6 has a single loopback address`,
      'name two or more with --addresses, or use --set family=ipv4',
    );
  }
  return enough(wish, LOOPBACK_STAND_INS);
}

/** The host's addresses nothing speaks against. */
export function usableAddresses({ addresses }: HostFacts, family: Family): string[] {
  return addresses
    .filter(
      (entry) =>
        entry.family === family && entry.class === 'nic' && entry.notDefaultBecause === undefined,
    )
    .map((entry) => entry.address);
}

/** The family of named addresses, so that `--addresses` alone says it. Mixed families: undefined. */
export function familyOf(named: readonly string[]): Family | undefined {
  const families = new Set(named.map((text) => parseAddress(text)?.family));
  return families.size === 1 ? [...families][0] : undefined;
}

function checkNamed(wish: AddressWish, named: readonly string[], host: HostFacts): string[] {
  if (named.length > MOST) {
    throw new LabError(
      'usage',
      `--addresses: ${named.length} are too many`,
      `name at most ${MOST}`,
    );
  }
  const canonical = named.map((text) => {
    const address = parseAddress(text);
    if (address === undefined) {
      throw new LabError(
        'usage',
        `--addresses: "${text}" is no IP address`,
        'write 10.0.0.1,10.0.0.2',
      );
    }
    if (address.family !== wish.family) {
      throw new LabError(
        'usage',
        `--addresses: ${address.text} is not ${wish.family}`,
        'one family a run: all IPv4 or all IPv6, matching --set family=…',
      );
    }
    if (address.wildcard) {
      throw new LabError(
        'usage',
        `--addresses: ${address.text} is the wildcard address`,
        'name specific addresses: the option works on those only',
      );
    }
    return address.text;
  });
  const twice = canonical.find((text, index) => canonical.indexOf(text) !== index);
  if (twice !== undefined) {
    throw new LabError('usage', `--addresses: ${twice} is named twice`, 'name each address once');
  }
  if (wish.stack === 'winsock') {
    const own = new Set(host.addresses.map((entry) => entry.address));
    const foreign = canonical.find(
      (text) => !own.has(text) && !(wish.family === 'ipv4' && text.startsWith('127.')),
    );
    if (foreign !== undefined) {
      throw new LabError(
        'usage',
        `--addresses: this host has no address ${foreign}`,
        'see: portlab host',
      );
    }
  }
  return enough(wish, canonical);
}

function enough(wish: AddressWish, addresses: readonly string[]): string[] {
  if (addresses.length >= wish.minimum) return [...addresses];
  throw new LabError(
    'refused',
    `the experiment needs ${wish.minimum} addresses, ${addresses.length} given`,
    'name more with --addresses',
  );
}
