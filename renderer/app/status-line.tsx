import type { ReactNode } from 'react';
import type { Activity } from '#engine/api/views.ts';
import { formatNumber } from '#engine/chart/format.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import type { HostFacts } from '#engine/model/host-facts.ts';
import { useHost } from '../connection/use-host.ts';
import { useShownRecording, type ShownRecording } from '../connection/shown-recording.ts';
import { useLab } from '../connection/use-lab.ts';
import { color } from '../kit/colors.ts';
import { makeStyles, mergeClasses } from '../kit/fluent.ts';
import { ProvenanceBadge } from '../kit/provenance.tsx';

const useStyles = makeStyles({
  line: {
    gridColumn: '1 / -1',
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    columnGap: '12px',
    minHeight: '28px',
    padding: '3px 12px',
    fontSize: '12px',
    lineHeight: '16px',
    color: color('ink-2'),
    backgroundColor: color('quiet'),
    borderTop: `1px solid ${color('stroke')}`,
    '& strong': { color: color('ink'), fontWeight: 600 },
  },
  group: { display: 'flex', alignItems: 'center', minWidth: 0, whiteSpace: 'nowrap' },
  part: {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    paddingLeft: '12px',
    marginLeft: '12px',
    borderLeft: `1px solid ${color('strong')}`,
  },
  first: { marginLeft: 0, paddingLeft: 0, borderLeftStyle: 'none' },
  machine: { marginRight: '12px', '@media (max-width: 1399px)': { display: 'none' } },
  optional: { '@media (max-width: 799px)': { display: 'none' } },
});

/** Always there: on which stack and host figures rest, and what the lab does to the machine now. */
export function StatusLine(): ReactNode {
  const styles = useStyles();
  const { state, activities } = useLab();
  const { view } = useHost();
  const shown = useShownRecording();
  const [running] = activities;
  return (
    <footer className={styles.line} aria-label="Status">
      <div className={styles.group}>
        {shown !== null ? (
          <RecordingParts shown={shown} />
        ) : view === undefined ? (
          <span>{state === 'connected' ? 'Reading the host' : 'No connection'}</span>
        ) : (
          <HostParts facts={view.facts} basis={running?.basis} />
        )}
      </div>
      <div className={styles.group}>
        {shown !== null && view !== undefined && (
          <span className={mergeClasses(styles.part, styles.first, styles.machine)}>
            This machine <strong>{view.facts.hostname}</strong>, no host needed
          </span>
        )}
        {state === 'connected' ? (
          <Holdings activities={activities} />
        ) : (
          view !== undefined && <span>Not connected</span>
        )}
      </div>
    </footer>
  );
}

function HostParts(props: {
  readonly facts: HostFacts;
  readonly basis: Activity['basis'] | undefined;
}): ReactNode {
  const styles = useStyles();
  const { stack, wine, hostname, os } = props.facts;
  const own = basisOfRun({ stack, host: { wine } });
  const basis = props.basis ?? own;
  const build = [os.name, os.build].filter((part) => part !== '').join(' · ');
  return (
    <>
      <ProvenanceBadge basis={basis} />
      <span className={styles.part}>
        Stack <strong>{basis === 'modelled' ? 'Simulated' : 'Winsock'}</strong>
        {basis === 'modelled'
          ? ' (no socket is opened)'
          : ` (ws2_32.dll${wine === null ? '' : ` of Wine ${wine}`})`}
      </span>
      <span className={mergeClasses(styles.part, styles.optional)}>
        Host <strong>{hostname}</strong> · {build}
      </span>
    </>
  );
}

/** What is replayed, and what stands beside it. */
function RecordingParts({ shown }: { readonly shown: ShownRecording }): ReactNode {
  const styles = useStyles();
  const { basis, hostname, build, model } = shown;
  return (
    <>
      <ProvenanceBadge basis={basis} replay />
      <span className={styles.part}>
        Recorded with <strong>{basis === 'modelled' ? 'the simulated stack' : 'Winsock'}</strong> on{' '}
        <strong>{hostname}</strong>
        <span className={styles.optional}> · {build}</span>
      </span>
      {model !== null && (
        <span className={mergeClasses(styles.part, styles.optional)}>
          Model <ProvenanceBadge basis="modelled" dense /> profile <strong>{model}</strong>
        </span>
      )}
    </>
  );
}

function Holdings({ activities }: { readonly activities: readonly Activity[] }): ReactNode {
  const styles = useStyles();
  const real = activities.filter(({ basis }) => basis !== 'modelled');
  const held = real.reduce((sum, { held }) => sum + held, 0);
  const recorded = activities.reduce((sum, { recorded }) => sum + recorded, 0);
  return (
    <>
      <span className={mergeClasses(styles.part, styles.first)}>
        Lab holds <strong>{formatNumber(held)}</strong> {held === 1 ? 'port' : 'ports'}
      </span>
      <span className={styles.part}>
        {activities.length === 0 ? (
          'Nothing is running'
        ) : (
          <>
            Recorded <strong>{formatNumber(recorded)}</strong> events
          </>
        )}
      </span>
    </>
  );
}
