import { useMemo, type ReactNode } from 'react';
import type { ClaimResult } from '#engine/run/run-document.ts';
import { ADDRESS_CLASS_WORDS, claimText } from '#engine/run/run-words.ts';
import { Card } from '../../../kit/card.tsx';
import { DataTable, type DataColumn } from '../../../kit/data-table.tsx';
import { OutcomeMark } from '../../../kit/marks.tsx';
import { Empty } from '../../../kit/messages.tsx';
import { ProvenanceBadge } from '../../../kit/provenance.tsx';
import { claimsWords } from '../../runs/run-words.ts';

export interface ClaimsCardProps {
  readonly claims: readonly ClaimResult[];
  /** What Microsoft's page says, by claim. */
  readonly texts: Readonly<Record<string, string>>;
  /** It has not ended. */
  readonly running: boolean;
}

export function ClaimsCard({ claims, texts, running }: ClaimsCardProps): ReactNode {
  const columns = useMemo(() => columnsFor(texts), [texts]);
  return (
    <Card
      title="Claims"
      hint={claims.length === 0 ? undefined : claimsHint(claims)}
      aside="Only measured evidence on Windows counts"
      flush
    >
      {claims.length === 0 ? (
        <Empty
          title={running ? 'Claims are judged when the run ends.' : 'The run came to no claim.'}
        />
      ) : (
        <DataTable
          label="Documented claims, and how this run settles them"
          columns={columns}
          rows={claims}
          rowKey={({ id }) => id}
        />
      )}
    </Card>
  );
}

/** A tally that can't be taken for one of evidence. */
function claimsHint(claims: readonly ClaimResult[]): string {
  const words = claimsWords(claims);
  if (claims.some(({ basis }) => basis === 'measured')) return words;
  const [first] = claims;
  return `${words}, ${first?.basis === 'wine' ? 'under Wine' : 'by the model'} only`;
}

function columnsFor(texts: ClaimsCardProps['texts']): readonly DataColumn<ClaimResult>[] {
  const untested = ({ outcome }: ClaimResult): boolean => outcome === 'untested';
  return [
    {
      id: 'id',
      header: 'Claim',
      render: ({ id }) => <span style={{ whiteSpace: 'nowrap' }}>{id}</span>,
    },
    {
      id: 'says',
      header: 'Microsoft’s page says',
      width: '34%',
      render: ({ id }) => claimText(texts, id) ?? '–',
    },
    {
      id: 'outcome',
      header: 'Outcome',
      render: ({ outcome, basis }) => <OutcomeMark outcome={outcome} basis={basis} />,
    },
    {
      id: 'basis',
      header: 'Basis',
      render: (claim) => (untested(claim) ? '–' : <ProvenanceBadge basis={claim.basis} dense />),
    },
    {
      id: 'addresses',
      header: 'Addresses',
      render: (claim) => (
        <span style={{ whiteSpace: 'nowrap' }}>
          {untested(claim) ? '–' : ADDRESS_CLASS_WORDS[claim.addressClass]}
        </span>
      ),
    },
    { id: 'because', header: 'Because', width: '38%', render: ({ because }) => because },
  ];
}
