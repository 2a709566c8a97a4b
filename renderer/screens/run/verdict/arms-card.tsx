import { useMemo, type ReactNode } from 'react';
import type { RunSeries } from '#engine/analysis/run-series.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import { keepsWhatItBinds } from '#engine/chart/run-range.ts';
import { armNames } from '#engine/chart/strategy-style.ts';
import { thousands } from '#engine/model/words.ts';
import type { Arm, RunDocument } from '#engine/run/run-document.ts';
import { Card } from '../../../kit/card.tsx';
import { color } from '../../../kit/colors.ts';
import { DataTable, type DataColumn } from '../../../kit/data-table.tsx';
import { makeStyles } from '../../../kit/fluent.ts';
import { StrategyLetter } from '../../../kit/marks.tsx';
import { Empty } from '../../../kit/messages.tsx';
import { ProvenanceBadge } from '../../../kit/provenance.tsx';
import { AddressBars } from './address-bars.tsx';
import { armEnd, barScale } from './arm-words.ts';
import { PartialArms } from './partial-arms.tsx';

const useStyles = makeStyles({
  strategy: { display: 'inline-flex', alignItems: 'center', gap: '8px', minWidth: '160px' },
  end: { minWidth: '150px' },
  error: { fontWeight: 600, whiteSpace: 'nowrap' },
  details: { fontSize: '12px', lineHeight: '16px', color: color('ink-2') },
  note: { padding: '4px 16px 8px', fontSize: '12px', color: color('ink-3') },
});

export interface ArmsCardProps {
  readonly document: RunDocument;
  readonly series: RunSeries;
}

/** What each way of getting ports came to. */
export function ArmsCard({ document, series }: ArmsCardProps): ReactNode {
  const styles = useStyles();
  const kept = keepsWhatItBinds(document);
  const { full, isRange } = barScale(document);
  const columns = useMemo(
    () => columnsFor(document, series, full, kept),
    [document, series, full, kept],
  );
  if (document.arms.length === 0) {
    return (
      <Card title="Arms" hint="as far as they were recorded" flush>
        {series.arms.length === 0 ? (
          <Empty title="No arm was begun." />
        ) : (
          <PartialArms arms={series.arms} />
        )}
      </Card>
    );
  }
  return (
    <Card
      title="Arms"
      hint={
        kept
          ? 'ports bound until each ended'
          : 'successful binds; ports were closed again as they came'
      }
      aside={
        <>
          <span>
            bars: per address, full width {thousands(full)}
            {isRange && ', the dynamic range'}
          </span>
          <ProvenanceBadge basis={basisOfRun(document.run)} dense />
        </>
      }
      flush
    >
      <DataTable
        label="What each arm came to"
        columns={columns}
        rows={document.arms}
        rowKey={({ index }) => String(index)}
      />
      <p className={styles.note}>
        Overlap: port numbers held on two or more of these addresses at once.
      </p>
    </Card>
  );
}

function columnsFor(
  document: RunDocument,
  series: RunSeries,
  full: number,
  kept: boolean,
): readonly DataColumn<Arm>[] {
  const names = armNames(document.arms);
  const basis = basisOfRun(document.run);
  return [
    {
      id: 'strategy',
      header: 'Strategy',
      render: (arm) => <Strategy arm={arm} name={names.get(arm.index)?.name ?? arm.strategy} />,
    },
    {
      id: 'bound',
      header: kept ? 'Bound' : 'Binds',
      numeric: true,
      render: ({ bound }) => <strong>{thousands(bound)}</strong>,
    },
    {
      id: 'addresses',
      header: 'Per address',
      width: '100%',
      render: (arm) => <AddressBars arm={arm} basis={basis} full={full} />,
    },
    {
      id: 'overlap',
      header: 'Overlap',
      numeric: true,
      render: ({ overlap }) => thousands(overlap),
    },
    {
      id: 'error',
      header: 'First error',
      render: (arm) => <End {...armEnd(arm, document, series)} />,
    },
  ];
}

function Strategy({ arm, name }: { readonly arm: Arm; readonly name: string }): ReactNode {
  return (
    <span className={useStyles().strategy}>
      <StrategyLetter strategy={arm.strategy} />
      {name}
    </span>
  );
}

function End(props: { readonly error: string; readonly details: readonly string[] }): ReactNode {
  const styles = useStyles();
  return (
    <div className={styles.end}>
      <span className={styles.error}>{props.error}</span>
      {props.details.length > 0 && <div className={styles.details}>{props.details.join(', ')}</div>}
    </div>
  );
}
