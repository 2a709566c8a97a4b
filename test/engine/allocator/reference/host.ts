/** The modelled host, in the reference's own words: nothing here comes from the engine. */

export type Protocol = 'tcp' | 'udp';
export type Family = 'ipv4' | 'ipv6';
export type Mode = 'default' | 'reuse' | 'exclusive';

export interface Range {
  readonly start: number;
  readonly count: number;
}

export interface Exclusion extends Range {
  readonly protocol: Protocol;
  readonly family: Family;
  readonly administered: boolean;
}

/** Ports another application has from the start. */
export interface OtherPorts extends Range {
  readonly protocol: Protocol;
  readonly address: string;
  readonly kind: 'legacy' | 'option' | 'explicit';
  readonly mode: Mode;
}

export interface ReferenceHost {
  readonly ranges: Readonly<Record<`${Protocol}/${Family}`, Range>>;
  readonly exclusions: readonly Exclusion[];
  /** Count 0: none. */
  readonly autoReuse: Range;
  /** Specific addresses the host starts with. */
  readonly addresses: readonly { readonly address: string; readonly adapter: string }[];
  readonly others: readonly OtherPorts[];
  /** Only what differs from `DEFAULTS`. */
  readonly switches: Readonly<Record<string, string>>;
}

/** What the open questions, and the rules that may be switched, are by default. */
export const DEFAULTS = {
  A1: 'honoured',
  A2: 'blocked',
  A3: 'blocked',
  A4: 'host-wide',
  A6: 'as-option-less',
  A7: 'by-matrix',
  A8: 'by-matrix',
  A9: 'by-matrix',
  A10: 'option-less',
  A11: 'blocked',
  A12: 'as-tcp',
  A13: 'as-ipv4',
  A14: '10055',
  A15: '10055',
  A16: 'second-fails',
  A17: 'accepted',
  A18: 'readable',
  A21: '120',
  A22: 'at-once',
  A23: 'clears',
  A24: 'allowed',
  A25: 'at-once',
  A26: 'kept-out',
  A27: 'own-pools',
  A28: 'shared',
  A29: 'all',
  'PS-1': 'one-range',
  'PS-6': 'no-effect',
  unicastPort: 'known',
  randomizeWithUnicast: 'second-fails',
  implicitConnect: 'as-unicast-port',
  timeWaitScope: 'port',
  reservations: 'supported',
  reservationScope: 'per-address',
  tupleInUse: '10048',
  connectSource: 'stays-wildcard',
  wrongFamily: '10014',
  bindMatrix: 'doc-2021',
} as const;

export type Switches = Readonly<Record<keyof typeof DEFAULTS, string>>;

export const CODE = {
  access: 10013,
  fault: 10014,
  invalid: 10022,
  wouldBlock: 10035,
  notSocket: 10038,
  noOption: 10042,
  notSupported: 10045,
  inUse: 10048,
  notAvailable: 10049,
  noBuffers: 10055,
  isConnected: 10056,
  refused: 10061,
  notFound: 1168,
} as const;

/** An address in one family's port space; a dual-stack socket has two of these. */
export interface Place {
  readonly family: Family;
  readonly address: string;
}

export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

export function familyOf(address: string): Family {
  return address.includes(':') ? 'ipv6' : 'ipv4';
}

export function wildcardOf(family: Family): string {
  return family === 'ipv4' ? '0.0.0.0' : '::';
}

export function within(range: Range, port: number): boolean {
  return port >= range.start && port < range.start + range.count;
}

export function numbersOf(range: Range): number[] {
  return Array.from({ length: range.count }, (_, i) => range.start + i);
}
