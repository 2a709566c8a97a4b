import type { ReactNode } from 'react';
import type { DoctorDocument } from '#engine/doctor/doctor-document.ts';
import { thousands } from '#engine/model/words.ts';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { DataTable, type DataColumn } from '../../kit/data-table.tsx';
import { makeStyles } from '../../kit/fluent.ts';
import { countedEvents, type EventCount } from './doctor-words.ts';

const useStyles = makeStyles({ none: { padding: '0 16px 8px', color: color('ink-2') } });

const EVENTS: readonly DataColumn<EventCount>[] = [
  { id: 'id', header: 'Event', render: ({ id }) => id },
  { id: 'text', header: 'Meaning', width: '60%', render: ({ text }) => text },
  { id: 'count', header: 'Count', numeric: true, render: ({ count }) => thousands(count) },
  // Of the last 24 hours: the day needs no saying.
  { id: 'last', header: 'Last, UTC', numeric: true, render: ({ last }) => last.slice(11, 19) },
];

/** Events of the System log that tell of ports, by id. */
export function EventsCard({ events }: Pick<DoctorDocument, 'events'>): ReactNode {
  const styles = useStyles();
  const rows = countedEvents(events);
  return (
    <Card title="Events, last 24 h" hint="System log, source Tcpip" flush>
      {rows.length === 0 ? (
        <p className={styles.none}>None was read.</p>
      ) : (
        <DataTable
          label="Events of the last 24 h"
          columns={EVENTS}
          rows={rows}
          rowKey={({ id }) => String(id)}
        />
      )}
    </Card>
  );
}

type Waiting = DoctorDocument['timeWait'][number];

const WAITING: readonly DataColumn<Waiting>[] = [
  {
    id: 'remote',
    header: 'Remote endpoint',
    render: ({ remote }) => remote,
    sortValue: ({ remote }) => remote,
  },
  {
    id: 'count',
    header: 'Connections',
    numeric: true,
    render: ({ count }) => thousands(count),
    sortValue: ({ count }) => count,
  },
];

/** Closed connections whose numbers are not free yet; nothing where there are none. */
export function TimeWaitCard({ timeWait }: Pick<DoctorDocument, 'timeWait'>): ReactNode {
  if (timeWait.length === 0) return null;
  return (
    <Card title="TIME_WAIT" hint="closed connections whose numbers are not free yet" flush>
      <DataTable
        label="Connections in TIME_WAIT by remote endpoint"
        columns={WAITING}
        rows={timeWait}
        rowKey={({ remote }) => remote}
        maxHeight="30vh"
      />
    </Card>
  );
}
