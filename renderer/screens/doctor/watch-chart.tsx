import { useMemo, type ReactNode } from 'react';
import { headroomChart } from '#engine/chart/headroom-chart.ts';
import type { HeadroomSample } from '#engine/doctor/headroom-sample.ts';
import type { Pool } from '#engine/model/protocol.ts';
import { Chart } from '../../charts/chart.tsx';
import { Empty } from '../../kit/messages.tsx';

/** One pool's headroom over time. */
export function WatchChart(props: {
  readonly samples: readonly HeadroomSample[];
  readonly pool: Pool;
}): ReactNode {
  const { samples, pool } = props;
  const spec = useMemo(() => headroomChart(samples, pool, Date.parse), [samples, pool]);
  if (spec === null) return <Empty title="No look told how many numbers of this pool were free." />;
  return <Chart spec={spec} caption="hidden" />;
}
