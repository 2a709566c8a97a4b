import type { ReactNode } from 'react';
import type { HostView } from '#engine/api/views.ts';
import { count } from '#engine/model/words.ts';
import { Card } from '../../kit/card.tsx';
import { color, type ColorToken } from '../../kit/colors.ts';
import { CopyButton } from '../../kit/copy-button.tsx';
import { DataTable, type DataColumn } from '../../kit/data-table.tsx';
import { makeStyles } from '../../kit/fluent.ts';
import {
  CheckmarkCircle16Filled,
  DismissCircle16Filled,
  QuestionCircle16Regular,
  Warning16Filled,
} from '../../kit/icons.ts';
import { Empty } from '../../kit/messages.tsx';

type Address = HostView['facts']['addresses'][number];

const STATES: Readonly<
  Record<Address['state'], readonly [icon: typeof Warning16Filled, ink: ColorToken, words: string]>
> = {
  preferred: [CheckmarkCircle16Filled, 'ink-3', 'Preferred'],
  deprecated: [Warning16Filled, 'warn', 'Deprecated'],
  tentative: [Warning16Filled, 'warn', 'Tentative'],
  duplicate: [DismissCircle16Filled, 'error', 'Duplicate'],
  unknown: [QuestionCircle16Regular, 'ink-3', 'Unknown'],
};

const useStyles = makeStyles({
  state: { display: 'inline-flex', alignItems: 'center', gap: '6px', verticalAlign: 'top' },
  icon: { flexShrink: 0 },
});

/** Every address of the machine, and which an experiment takes by itself. */
export function AddressesCard({ view }: { readonly view: HostView }): ReactNode {
  const { addresses } = view.facts;
  const usable = [...view.usableAddresses.ipv4, ...view.usableAddresses.ipv6];
  return (
    <Card
      flush
      title="Adapters and addresses"
      hint={`${count(addresses.length, 'address')}, ${usable.length} usable`}
      aside={
        <CopyButton
          size="small"
          appearance="subtle"
          disabled={usable.length === 0}
          text={() => usable.join(',')}
        >
          Copy usable
        </CopyButton>
      }
    >
      <DataTable
        label="Addresses"
        columns={columnsFor(new Set(usable))}
        rows={addresses}
        rowKey={({ address, ifIndex }) => `${address} ${ifIndex}`}
        empty={<Empty title="No address was found." />}
      />
    </Card>
  );
}

function columnsFor(usable: ReadonlySet<string>): DataColumn<Address>[] {
  return [
    { id: 'address', header: 'Address', render: ({ address }) => address },
    {
      id: 'adapter',
      header: 'Adapter',
      render: ({ interface: name, ifIndex }) => (ifIndex > 0 ? `${name} (${ifIndex})` : name),
    },
    { id: 'state', header: 'State', render: ({ state }) => <State state={state} /> },
    {
      id: 'use',
      header: 'For experiments',
      render: (address) =>
        usable.has(address.address) ? <strong>Usable</strong> : whyNot(address),
    },
  ];
}

/** Why an experiment doesn't take it by itself; it may still be picked. */
function whyNot({ loopback, notDefaultBecause }: Address): string {
  if (loopback) return 'No, loopback';
  return `No, ${notDefaultBecause ?? 'not chosen'}`;
}

function State({ state }: Pick<Address, 'state'>): ReactNode {
  const styles = useStyles();
  const [Icon, ink, words] = STATES[state];
  return (
    <span className={styles.state}>
      <Icon className={styles.icon} style={{ color: color(ink) }} aria-hidden />
      {words}
    </span>
  );
}
