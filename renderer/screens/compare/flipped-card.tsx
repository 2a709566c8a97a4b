import { useMemo, type ReactNode } from 'react';
import type { CompareDocument, FlippedClaim } from '#engine/compare/compare-document.ts';
import { ADDRESS_CLASS_WORDS, claimText } from '#engine/run/run-words.ts';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { DataTable, type DataColumn } from '../../kit/data-table.tsx';
import { makeStyles } from '../../kit/fluent.ts';
import { OutcomeMark } from '../../kit/marks.tsx';
import { ProvenanceBadge } from '../../kit/provenance.tsx';
import { LetterMark } from './letter-mark.tsx';

const useStyles = makeStyles({
  outcome: { display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 8px' },
  none: { padding: '0 16px 8px', color: color('ink-2') },
  nowrap: { whiteSpace: 'nowrap' },
});

export interface FlippedCardProps {
  readonly document: CompareDocument;
  /** What Microsoft's page says, by claim. */
  readonly texts: Readonly<Record<string, string>>;
}

/** The claims that did not come out alike. */
export function FlippedCard({ document, texts }: FlippedCardProps): ReactNode {
  const styles = useStyles();
  const { flipped, bases } = document;
  const columns = useMemo(() => columnsFor(bases.length, texts), [bases, texts]);
  return (
    <Card
      title="Flipped claims"
      hint="tested on the same kind of addresses, with other outcomes"
      aside="Only measured evidence on Windows counts"
      flush
    >
      {flipped.length === 0 ? (
        <p className={styles.none}>No claim flipped.</p>
      ) : (
        <DataTable
          label="Claims that flipped"
          columns={columns}
          rows={flipped}
          rowKey={({ claim, addressClass }) => `${claim} ${addressClass}`}
        />
      )}
    </Card>
  );
}

function columnsFor(
  runs: number,
  texts: FlippedCardProps['texts'],
): readonly DataColumn<FlippedClaim>[] {
  return [
    { id: 'claim', header: 'Claim', render: ({ claim }) => <NoWrap>{claim}</NoWrap> },
    {
      id: 'says',
      header: 'Microsoft’s page says',
      width: runs > 4 ? '24%' : '40%',
      render: ({ claim }) => claimText(texts, claim) ?? '–',
    },
    {
      id: 'addresses',
      header: 'Addresses',
      render: ({ addressClass }) => <NoWrap>{ADDRESS_CLASS_WORDS[addressClass]}</NoWrap>,
    },
    ...Array.from({ length: runs }, (_, at): DataColumn<FlippedClaim> => ({
      id: `run-${at}`,
      header: <LetterMark at={at} />,
      render: (flip) => <Outcome flip={flip} at={at} />,
    })),
  ];
}

function Outcome({ flip, at }: { readonly flip: FlippedClaim; readonly at: number }): ReactNode {
  const styles = useStyles();
  const [outcome, basis] = [flip.outcomes[at] ?? null, flip.bases[at] ?? null];
  if (outcome === null || basis === null) return '–';
  return (
    <span className={styles.outcome}>
      <OutcomeMark outcome={outcome} basis={basis} />
      {outcome !== 'untested' && <ProvenanceBadge basis={basis} dense />}
    </span>
  );
}

function NoWrap({ children }: { readonly children: string }): ReactNode {
  return <span className={useStyles().nowrap}>{children}</span>;
}
