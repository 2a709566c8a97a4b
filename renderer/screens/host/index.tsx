import { useState, type ReactNode } from 'react';
import type { HostView } from '#engine/api/views.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import { useHost } from '../../connection/use-host.ts';
import { useShellMessage } from '../../connection/use-lab.ts';
import { CopyButton } from '../../kit/copy-button.tsx';
import { Button, Spinner, makeStyles } from '../../kit/fluent.ts';
import { ArrowClockwise16Regular } from '../../kit/icons.ts';
import { ErrorBar } from '../../kit/messages.tsx';
import { Page } from '../../kit/page.tsx';
import { ProvenanceBadge } from '../../kit/provenance.tsx';
import { AddressesCard } from './addresses-card.tsx';
import { HoldersCard } from './holders-card.tsx';
import { OptionsCard } from './options-card.tsx';
import { POOL_PLACES, type PoolPlace } from './pools.ts';
import { PortsCard } from './ports-card.tsx';
import { RangesCard } from './ranges-card.tsx';
import { ReadStamp } from './read-stamp.tsx';
import { useHolders } from './use-holders.ts';
import { VerdictBanner } from './verdict-banner.tsx';

const useStyles = makeStyles({
  name: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 12px' },
  columns: {
    display: 'grid',
    gap: '12px',
    gridTemplateColumns: 'minmax(0, 1.1fr) minmax(0, 1fr)',
    alignItems: 'start',
    // Five columns of option marks need more than half of a narrow screen.
    '@media (max-width: 1359px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  column: { display: 'flex', flexDirection: 'column', gap: '12px', minWidth: 0 },
});

/** What this machine is, and whether real experiments are possible on it. */
export function HostScreen(): ReactNode {
  const styles = useStyles();
  const { view, error, loading, refresh } = useHost();
  useShellMessage((message) => {
    if (message.shell === 'command' && message.command === 'refresh') refresh();
  });

  if (view === undefined) {
    return (
      <Page sentence="This machine">
        {error === undefined ? (
          <Spinner size="small" label="Reading adapters, ranges and options" />
        ) : (
          <ErrorBar error={error} actions={<Button onClick={refresh}>Read again</Button>} />
        )}
      </Page>
    );
  }
  const { facts } = view;
  return (
    <Page
      heading="own"
      title={facts.hostname}
      sentence={
        <span className={styles.name}>
          {facts.hostname}
          <ProvenanceBadge basis={basisOfRun({ stack: facts.stack, host: { wine: facts.wine } })} />
        </span>
      }
      detail={systemWords(view)}
      actions={
        <>
          <ReadStamp view={view} loading={loading} />
          <Button icon={<ArrowClockwise16Regular />} disabledFocusable={loading} onClick={refresh}>
            Refresh
          </Button>
          <CopyButton text={() => `${JSON.stringify(facts, null, 2)}\n`}>Copy facts</CopyButton>
        </>
      }
    >
      {error !== undefined && <ErrorBar error={error} />}
      <HostEvidence view={view} />
    </Page>
  );
}

function HostEvidence({ view }: { readonly view: HostView }): ReactNode {
  const styles = useStyles();
  const [first] = POOL_PLACES;
  const [place, setPlace] = useState<PoolPlace>(first as PoolPlace);
  const holders = useHolders(place);
  return (
    <>
      <VerdictBanner view={view} />
      <PortsCard view={view} place={place} onPlace={setPlace} holders={holders.view} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <AddressesCard view={view} />
          <RangesCard view={view} />
        </div>
        <div className={styles.column}>
          <OptionsCard facts={view.facts} />
          <HoldersCard place={place} holders={holders} />
        </div>
      </div>
    </>
  );
}

const PRODUCTS = {
  workstation: 'workstation',
  server: 'member server',
  'domain-controller': 'domain controller',
} as const;

function systemWords({ facts: { os, wine } }: HostView): string {
  return [
    os.name,
    os.build === '' ? '' : `build ${os.build}`,
    os.productType === null ? '' : PRODUCTS[os.productType],
    wine === null ? '' : `Wine ${wine}`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
