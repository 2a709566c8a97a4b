import type { ReactNode } from 'react';
import type { RecordingView } from '#engine/api/views.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import type { Moment } from '#engine/replay/moments.ts';
import { color } from '../../kit/colors.ts';
import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
} from '../../kit/fluent.ts';
import {
  ChevronDown16Regular,
  ChevronLeft16Regular,
  ChevronRight16Regular,
} from '../../kit/icons.ts';
import { OutcomeMark } from '../../kit/marks.tsx';
import { instantWords } from '#engine/chart/instant-words.ts';

import type { ReplayStore } from './replay-store.ts';
import { useReplay } from './use-replay.ts';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 8px',
    fontSize: '12px',
    color: color('ink-2'),
  },
  pair: { display: 'flex', alignItems: 'center' },
  arrow: { minWidth: '24px', padding: 0 },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '0 8px',
    alignItems: 'baseline',
    maxWidth: '420px',
  },
  says: { flexBasis: '100%', fontSize: '12px', color: color('ink-3') },
  said: { color: color('ink-2') },
});

/** To what is worth seeing: the first error, starvation, a claim's evidence, errors, differences. */
export function JumpBar(props: {
  readonly store: ReplayStore;
  readonly recording: RecordingView;
}): ReactNode {
  const { store, recording } = props;
  const styles = useStyles();
  const firstError = useReplay(store, (state) => state.overview?.firstError ?? null);
  const starved = useReplay(store, (state) => state.overview?.firstStarved ?? null);
  const complete = useReplay(store, (state) => state.overview?.complete === true);
  const differences = useReplay(store, (state) => state.model?.places.seq.length ?? 0);
  const said = useReplay(store, (state) => state.said);
  const missing = complete ? 'The run has none.' : 'None so far; the recording is being read.';
  const jump = (text: string, moment: Moment | null): ReactNode => (
    <Button
      size="small"
      disabledFocusable={moment === null}
      title={moment === null ? missing : undefined}
      onClick={() => {
        if (moment !== null) store.seek({ seq: moment.seq });
      }}
    >
      {text}
    </Button>
  );
  return (
    <div className={styles.bar} role="group" aria-label="Jump to">
      <span aria-hidden>Jump to</span>
      {jump('first error', firstError)}
      {jump('starvation', starved)}
      <EvidenceMenu store={store} recording={recording} />
      <Pair
        what="error"
        reason={firstError === null ? missing : null}
        go={(step) => store.findError(step)}
      />
      <Pair
        what="difference"
        reason={
          differences === 0 ? 'Host and model do not part, so far as the model has come.' : null
        }
        go={(step) => store.findDifference(step)}
      />
      <span className={styles.said} role="status">
        {said}
      </span>
    </div>
  );
}

/** The one before, and the next. @param reason why there is none; null where there is */
function Pair(props: {
  readonly what: string;
  readonly reason: string | null;
  go(step: 1 | -1): void;
}): ReactNode {
  const { what, reason, go } = props;
  const styles = useStyles();
  const arrow = (step: 1 | -1, icon: React.JSX.Element): ReactNode => (
    <Button
      size="small"
      className={styles.arrow}
      aria-label={`${step === 1 ? 'Next' : 'Previous'} ${what}`}
      title={reason ?? `${step === 1 ? 'Next' : 'Previous'} ${what}`}
      icon={icon}
      disabledFocusable={reason !== null}
      onClick={() => {
        if (reason === null) go(step);
      }}
    />
  );
  return (
    <span className={styles.pair}>
      {arrow(-1, <ChevronLeft16Regular />)}
      <span aria-hidden>&nbsp;{what}&nbsp;</span>
      {arrow(1, <ChevronRight16Regular />)}
    </span>
  );
}

/** Where each of the run's claims can be seen. */
function EvidenceMenu(props: {
  readonly store: ReplayStore;
  readonly recording: RecordingView;
}): ReactNode {
  const { store, recording } = props;
  const { document } = recording;
  const styles = useStyles();
  const evidence = useReplay(store, (state) => state.evidence);
  const total = store.total;
  const basis = basisOfRun(document.run);
  const settled = document.claims.filter(({ outcome }) => outcome !== 'untested');
  const reason =
    document.claims.length === 0
      ? 'The run settles no claim.'
      : evidence === null
        ? 'The recording is being read.'
        : evidence.every(({ moment }) => moment === null)
          ? 'Nothing in the run bears on a claim.'
          : null;
  const trigger = (
    <Button
      size="small"
      icon={<ChevronDown16Regular />}
      iconPosition="after"
      disabledFocusable={reason !== null}
      title={reason ?? undefined}
    >
      evidence
    </Button>
  );
  if (reason !== null) return trigger;
  const claims = [...new Set(document.claims.map(({ id }) => id))];
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>{trigger}</MenuTrigger>
      <MenuPopover>
        <MenuList>
          {claims.map((claim) => {
            const moment = evidence?.find((one) => one.claim === claim)?.moment ?? null;
            const outcome = settled.find(({ id }) => id === claim)?.outcome ?? 'untested';
            return (
              <MenuItem
                key={claim}
                disabled={moment === null}
                onClick={() => {
                  if (moment !== null) store.seek({ seq: moment.seq });
                }}
              >
                <span className={styles.item}>
                  <strong>{claim}</strong>
                  <OutcomeMark outcome={outcome} basis={basis} />
                  <span className={styles.says}>
                    {moment === null
                      ? 'nothing in the run bears on it'
                      : `${moment.says}, at ${instantWords(moment.t, total)}`}
                  </span>
                </span>
              </MenuItem>
            );
          })}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
