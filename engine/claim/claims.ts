/**
 * The documented claims the lab can settle. `says` is our wording of Microsoft's page
 * "SO_PORT_SCALABILITY" (learn.microsoft.com/windows/win32/winsock/so-port-scalability).
 */
export interface Claim {
  readonly id: ClaimId;
  readonly says: string;
  readonly source: string;
}

export const CLAIM_IDS = ['PS-1', 'PS-2'] as const;
export type ClaimId = (typeof CLAIM_IDS)[number];

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
];

export const CLAIM_TEXTS: Readonly<Record<string, string>> = Object.fromEntries(
  CLAIMS.map((claim) => [claim.id, claim.says]),
);
