export const CLAIM_IDS = [
  'PS-1',
  'PS-2',
  'PS-3',
  'PS-4',
  'PS-5',
  'PS-6',
  'PS-7',
  'PS-8',
  'PS-9',
  'platform',
  'prefer-unicast',
  'own-pool',
] as const;
export type ClaimId = (typeof CLAIM_IDS)[number];

/**
 * What Microsoft documents about the option, a claim a sentence, in our wording. A claim is here
 * whether the lab can settle it yet or not: what nobody has tested must be seen to be untested.
 */
export interface Claim {
  readonly id: ClaimId;
  readonly says: string;
  readonly source: string;
}

const PAGE = 'Microsoft, "SO_PORT_SCALABILITY", Remarks';

export const CLAIMS: readonly Claim[] = [
  {
    id: 'PS-1',
    says: 'Without the option, wildcard-port binds on all local addresses together are limited to the dynamic port range.',
    source: PAGE,
  },
  {
    id: 'PS-2',
    says: 'With the option, the same port number may be given again on another local address.',
    source: PAGE,
  },
  {
    id: 'PS-3',
    says: 'With the option, up to the range times the number of local addresses can be allocated (the page: 64 K × 4 = 256 K).',
    source: PAGE,
  },
  {
    id: 'PS-4',
    says: 'A wildcard port acquired through the option can’t be allocated by a socket without it.',
    source: PAGE,
  },
  {
    id: 'PS-5',
    says: 'When every ephemeral port is held through the option on at least one address, sockets without it get no wildcard port.',
    source: PAGE,
  },
  {
    id: 'PS-6',
    says: 'The option has an effect only when it is set before bind.',
    source: PAGE,
  },
  {
    id: 'PS-7',
    says: 'The option works for a bind to a specific address with port 0, not for the wildcard address or a named port.',
    source: `${PAGE}; microsoft/ctsTraffic for the second half`,
  },
  {
    id: 'PS-8',
    says: 'Sockets of different processes share numbers through the option too. (The page’s example has both in one process; whether others do is open.)',
    source: `${PAGE}, example`,
  },
  {
    id: 'PS-9',
    says: 'The option does not go with SO_REUSE_UNICASTPORT on one socket.',
    source: 'microsoft/ctsTraffic: sets one or the other',
  },
  {
    id: 'platform',
    says: 'No client edition supports the option; servers do since Windows Server 2008.',
    source:
      'Microsoft, "SO_PORT_SCALABILITY", Requirements (the SOL_SOCKET options table lists clients, too)',
  },
  {
    id: 'prefer-unicast',
    says: 'Where both options exist, SO_REUSE_UNICASTPORT is to be preferred.',
    source: PAGE,
  },
  {
    id: 'own-pool',
    says: 'Without either option, an application needs a port pool of its own, by port reservation or heuristics.',
    source: PAGE,
  },
];

export const CLAIM_TEXTS: Readonly<Record<string, string>> = Object.fromEntries(
  CLAIMS.map((claim) => [claim.id, claim.says]),
);
