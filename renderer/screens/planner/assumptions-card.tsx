import { memo, type ReactNode } from 'react';
import { Link } from 'wouter';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { makeStyles, mergeClasses } from '../../kit/fluent.ts';
import { QuestionCircle16Regular, Warning16Filled } from '../../kit/icons.ts';
import { ProvenanceBadge } from '../../kit/provenance.tsx';
import { TableFrame } from '../../kit/table-frame.tsx';
import { assumptionsHint, type AssumptionRow } from './assumption-rows.ts';

const useStyles = makeStyles({
  table: {
    width: '100%',
    borderCollapse: 'separate',
    borderSpacing: 0,
    lineHeight: '18px',
    '& th, & td': {
      padding: '4px 8px',
      borderTop: `1px solid ${color('stroke')}`,
      textAlign: 'left',
      verticalAlign: 'middle',
    },
    '& thead th': {
      borderTopStyle: 'none',
      fontSize: '12px',
      fontWeight: 600,
      color: color('ink-2'),
    },
    '& tr > :first-child': { paddingLeft: '16px' },
    '& tr > :last-child': { paddingRight: '16px' },
  },
  about: { fontSize: '12px', lineHeight: '16px', color: color('ink-2') },
  value: { whiteSpace: 'nowrap' },
  basis: { display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', gap: '2px 6px' },
  unmeasured: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '4px',
    padding: '0 6px 0 4px',
    border: `1px dashed ${color('strong')}`,
    borderRadius: '4px',
    fontSize: '12px',
    whiteSpace: 'nowrap',
    color: color('ink-2'),
  },
  other: { color: color('warn'), whiteSpace: 'normal' },
});

/** What the answer rests on that no document settles, and whether a recorded run did. */
export const AssumptionsCard = memo(function AssumptionsCard(props: {
  readonly rows: readonly AssumptionRow[];
}): ReactNode {
  const { rows } = props;
  const styles = useStyles();
  if (rows.length === 0) return null;
  return (
    <Card title="This plan assumes" hint={assumptionsHint(rows)} flush>
      <TableFrame label="What the plan assumes">
        <table className={styles.table} aria-label="What the plan assumes">
          <thead>
            <tr>
              <th scope="col">Id</th>
              <th scope="col">Question</th>
              <th scope="col">Assumed</th>
              <th scope="col">Basis</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">{row.id}</th>
                <td className={styles.about}>{row.about}</td>
                <td className={styles.value}>{row.value}</td>
                <td>
                  <Basis row={row} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </Card>
  );
});

function Basis({ row: { value, answer } }: { readonly row: AssumptionRow }): ReactNode {
  const styles = useStyles();
  if (answer === null) {
    return (
      <span className={styles.unmeasured}>
        <QuestionCircle16Regular aria-hidden />
        not measured
      </span>
    );
  }
  const other = answer.value !== value;
  return (
    <span className={styles.basis}>
      <ProvenanceBadge basis={answer.basis} dense />
      {other && (
        <span className={mergeClasses(styles.unmeasured, styles.other)}>
          <Warning16Filled aria-hidden />
          {answer.value} instead
        </span>
      )}
      <Link href={`/runs/${encodeURIComponent(answer.run)}`}>its run</Link>
    </span>
  );
}
