import { useState, type ReactNode } from 'react';
import type { DoctorView } from '#engine/api/views.ts';
import type { DoctorDocument } from '#engine/doctor/doctor-document.ts';
import { useCall, useLab, useShellMessage } from '../../connection/use-lab.ts';
import { CopyButton } from '../../kit/copy-button.tsx';
import { Button, Spinner, makeStyles } from '../../kit/fluent.ts';
import { ArrowClockwise16Regular } from '../../kit/icons.ts';
import { Banner, ErrorBar } from '../../kit/messages.tsx';
import { Page } from '../../kit/page.tsx';
import { ProvenanceBadge } from '../../kit/provenance.tsx';
import { AdviceBanner } from './advice-banner.tsx';
import { lookWords, ticketText, tightestPool } from './doctor-words.ts';
import { HeadroomCards } from './headroom-cards.tsx';
import { HoldersCard } from './holders-card.tsx';
import { EventsCard, TimeWaitCard } from './log-cards.tsx';
import { LookChoice } from './look-choice.tsx';
import { OdditiesCard, UnknownCard } from './oddities-card.tsx';
import { ReviewCard } from './review-card.tsx';
import { WatchCard } from './watch-card.tsx';

/** The modelled host to begin with: what Microsoft documents. */
const REHEARSAL = 'documented';

const useStyles = makeStyles({
  name: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 12px' },
  columns: {
    display: 'grid',
    gap: '12px',
    gridTemplateColumns: 'minmax(0, 1.6fr) minmax(0, 1fr)',
    alignItems: 'start',
    // Eight columns of holders need more than half of a narrow screen.
    '@media (max-width: 1359px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  column: { display: 'flex', flexDirection: 'column', gap: '12px', minWidth: 0 },
});

/** What ails the host's ports, at a glance and with what to do; and how headroom went lately. */
export function DoctorScreen(): ReactNode {
  const [profile, setProfile] = useState<string>();
  const windows = useLab().hello?.host.platform === 'win32';
  const asked = profile === undefined ? {} : { profile };
  const { data, error, loading, reload } = useCall('doctor', asked);
  useShellMessage((message) => {
    if (message.shell === 'command' && message.command === 'refresh') reload();
  });
  const actions = (
    <>
      {loading && data !== undefined && <Spinner size="extra-tiny" label="Looking" />}
      <LookChoice profile={profile} onChoose={setProfile} />
      <Button icon={<ArrowClockwise16Regular />} disabledFocusable={loading} onClick={reload}>
        Look again
      </Button>
      {data?.known === true && (
        <CopyButton text={() => ticketText(data.document)}>Copy for the ticket</CopyButton>
      )}
    </>
  );
  if (data?.known === true) return <Known document={data.document} actions={actions} />;
  return (
    <Page
      sentence={sentenceOf(data, error !== undefined)}
      title="Doctor"
      detail={data?.known === false && <>Because {data.because}.</>}
      actions={actions}
    >
      {error !== undefined && <ErrorBar error={error} />}
      {data === undefined && error === undefined && (
        <Spinner size="small" label="Looking at who holds ports; this takes some seconds" />
      )}
      {data?.known === false && <NoLook hint={data.hint} onRehearse={setProfile} />}
      {data?.known === false && windows && <WatchCard profile={profile} first="tcp4" />}
    </Page>
  );
}

function sentenceOf(data: DoctorView | undefined, failed: boolean): string {
  if (data !== undefined) return 'This host’s ports can’t be looked at';
  return failed ? 'The look at this host’s ports failed' : 'Doctor';
}

/** Why there is no look, and how there would be one. */
function NoLook(props: { readonly hint: string; onRehearse(profile: string): void }): ReactNode {
  return (
    <Banner
      intent="info"
      title={
        <>
          Do: <span style={{ fontWeight: 400 }}>{props.hint}.</span>
        </>
      }
      actions={
        <Button size="small" onClick={() => props.onRehearse(REHEARSAL)}>
          Rehearse on a modelled host
        </Button>
      }
    />
  );
}

function Known(props: {
  readonly document: DoctorDocument;
  readonly actions: ReactNode;
}): ReactNode {
  const { document, actions } = props;
  const styles = useStyles();
  const { basis, hostname, profile } = document;
  return (
    <Page
      heading="own"
      title="Doctor"
      sentence={
        <span className={styles.name}>
          {hostname}
          <ProvenanceBadge basis={basis} />
        </span>
      }
      detail={lookWords(document)}
      actions={actions}
    >
      <AdviceBanner document={document} />
      <HeadroomCards document={document} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <HoldersCard document={document} />
          <WatchCard profile={profile ?? undefined} first={tightestPool(document.headroom)} />
          <EventsCard events={document.events} />
          <TimeWaitCard timeWait={document.timeWait} />
        </div>
        <div className={styles.column}>
          <ReviewCard powershell={document.powershell} />
          <OdditiesCard oddities={document.oddities} />
          <UnknownCard unknown={document.unknown} />
        </div>
      </div>
    </Page>
  );
}
