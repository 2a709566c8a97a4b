import { useMemo, type ReactNode } from 'react';
import type { ArmSeries, RunSeries } from '#engine/analysis/run-series.ts';
import { formatNumber } from '#engine/chart/format.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import { armNames } from '#engine/chart/strategy-style.ts';
import { thousands } from '#engine/model/words.ts';
import type { Arm, RunDocument } from '#engine/run/run-document.ts';
import { Card } from '../../../kit/card.tsx';
import { color } from '../../../kit/colors.ts';
import { DataTable, type DataColumn } from '../../../kit/data-table.tsx';
import { makeStyles } from '../../../kit/fluent.ts';
import { Info16Regular } from '../../../kit/icons.ts';
import { StrategyLetter } from '../../../kit/marks.tsx';
import { ProvenanceBadge } from '../../../kit/provenance.tsx';

interface Row {
  readonly arm: Arm;
  readonly name: string;
  readonly of: ArmSeries;
}

const useStyles = makeStyles({
  remark: { display: 'flex', alignItems: 'center', gap: '6px', color: color('ink-2') },
  strategy: { display: 'inline-flex', alignItems: 'center', gap: '8px' },
});

const latency = (key: 'p50' | 'p95' | 'p99' | 'max', header: string): DataColumn<Row> => ({
  id: key,
  header,
  numeric: true,
  render: ({ of }) => (of.latency === null ? '–' : formatNumber(of.latency[key] / 1_000, 1)),
});

const COLUMNS: readonly DataColumn<Row>[] = [
  { id: 'arm', header: 'Strategy', width: '28%', render: (row) => <Strategy row={row} /> },
  {
    id: 'rate',
    header: 'Binds per second',
    numeric: true,
    render: ({ of }) => (of.bindsPerSecond === null ? '–' : thousands(of.bindsPerSecond)),
  },
  latency('p50', 'p50, µs'),
  latency('p95', 'p95, µs'),
  latency('p99', 'p99, µs'),
  latency('max', 'Max, µs'),
  {
    id: 'failed',
    header: 'Failed binds',
    numeric: true,
    render: ({ of }) => thousands(of.failedBinds),
  },
];

export interface SpeedCardProps {
  readonly document: RunDocument;
  readonly series: RunSeries;
}

/** The speed of each arm; of a model, why there is none. */
export function SpeedCard({ document, series }: SpeedCardProps): ReactNode {
  const styles = useStyles();
  const rows = useMemo(() => {
    const names = armNames(document.arms);
    return document.arms.flatMap((arm): Row[] => {
      const of = series.arms.find(({ index }) => index === arm.index);
      return of === undefined ? [] : [{ arm, name: names.get(arm.index)?.name ?? '', of }];
    });
  }, [document, series]);
  if (rows.length === 0) return null;
  const basis = basisOfRun(document.run);
  if (basis === 'modelled') {
    return (
      <p className={styles.remark}>
        <Info16Regular aria-hidden />
        Speed and latency are not shown: on the simulated stack every call takes 1 µs of virtual
        time by convention, so they would measure nothing.
      </p>
    );
  }
  return (
    <Card
      title="Speed"
      hint="of successful bind calls; percentiles within 0.4 %"
      aside={<ProvenanceBadge basis={basis} dense />}
      flush
    >
      <DataTable
        label="Bind speed and latency by strategy"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ arm }) => String(arm.index)}
      />
    </Card>
  );
}

function Strategy({ row }: { readonly row: Row }): ReactNode {
  return (
    <span className={useStyles().strategy}>
      <StrategyLetter strategy={row.arm.strategy} />
      {row.name}
    </span>
  );
}
