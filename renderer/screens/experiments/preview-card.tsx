import type { ReactNode } from 'react';
import type { Preview } from '#engine/api/views.ts';
import { formatNumber } from '#engine/chart/format.ts';
import { count } from '#engine/model/words.ts';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { Spinner, makeStyles } from '../../kit/fluent.ts';
import { Term, Terms } from '../../kit/figures.tsx';
import { Warning16Filled } from '../../kit/icons.ts';
import { Banner, ErrorBar } from '../../kit/messages.tsx';
import { ProvenanceBadge } from '../../kit/provenance.tsx';
import { CommandLine } from './command-line.tsx';
import { MonitoringNote } from './monitoring-note.tsx';
import { BASIS_WORDS, CLASS_WORDS, whereWords } from './preview-words.ts';
import { ReserveGauge } from '../live/reserve-gauge.tsx';
import type { PreviewState } from './use-preview.ts';

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: '12px' },
  words: { display: 'flex', flexDirection: 'column', gap: '6px', paddingLeft: '18px' },
  where: { color: color('ink-2') },
  risks: {
    display: 'flex',
    flexDirection: 'column',
    gap: '6px',
    listStyleType: 'none',
    '& > li': { display: 'flex', gap: '6px', color: color('warn'), fontWeight: 600 },
    '& svg': { flexShrink: 0, marginTop: '2px' },
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px', fontWeight: 600 },
  gauge: { display: 'flex', flexDirection: 'column', gap: '2px' },
});

/** What the run would take and risk, in words, for somebody about to press the button. */
export function PreviewCard(props: {
  readonly state: PreviewState;
  /** An entry of the form can't even be asked about. */
  readonly unsaid: boolean;
  readonly className?: string;
}): ReactNode {
  const { state, className, unsaid } = props;
  const { preview, error } = state;
  const styles = useStyles();
  return (
    <Card
      title="What it will do"
      className={className ?? ''}
      aside={state.pending && preview !== null ? 'working it out' : undefined}
    >
      <div className={styles.body} aria-busy={state.pending}>
        {unsaid ? (
          <p className={styles.where}>It shows here once the marked entries are corrected.</p>
        ) : error !== null ? (
          <ErrorBar error={error} />
        ) : preview === null ? (
          <Spinner size="small" label="Working it out" />
        ) : (
          <PreviewBody preview={preview} />
        )}
      </div>
    </Card>
  );
}

function PreviewBody({ preview }: { readonly preview: Preview }): ReactNode {
  const styles = useStyles();
  const { basis, words, risks, monitoring, refusal, plan, limits, gate } = preview;
  return (
    <>
      <div>
        <p className={styles.head}>
          <ProvenanceBadge basis={basis} />
          {BASIS_WORDS[basis]}
        </p>
        <p className={styles.where}>{whereWords(preview)}</p>
      </div>
      {refusal !== null && <ErrorBar error={refusal} />}
      {gate !== null && (
        <Banner intent="warning" title="It asks for this host’s name first.">
          {gate.message}.
        </Banner>
      )}
      <ul className={styles.words}>
        {words.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {risks.length > 0 && (
        <ul className={styles.risks} aria-label="Risks">
          {risks.map((sentence) => (
            <li key={sentence}>
              <Warning16Filled aria-hidden />
              <span>{sentence}</span>
            </li>
          ))}
        </ul>
      )}
      {monitoring !== null && <MonitoringNote text={monitoring} />}
      <Terms>
        <Term label="Held at once, at most">{formatNumber(plan.atOnce)}</Term>
        <Term label="Bound in all, at most">{formatNumber(plan.wouldHold)}</Term>
        <Term label="About">{count(plan.seconds, 'second')}</Term>
        <Term label="Addresses">
          {formatNumber(preview.addresses.length)}, {CLASS_WORDS[preview.addressClass]}
        </Term>
      </Terms>
      <div className={styles.gauge}>
        <Terms>
          <Term label="Left for option-less applications">
            {plan.legacyLeft === null ? 'unknown' : formatNumber(plan.legacyLeft)}
          </Term>
        </Terms>
        {plan.legacyLeft !== null && limits.freeOnAll !== null && (
          <ReserveGauge
            label="Left at the worst moment"
            total={limits.freeOnAll}
            left={plan.legacyLeft}
            reserve={limits.exhaustive ? null : limits.reserve}
          />
        )}
      </div>
      <CommandLine command={preview.command} />
    </>
  );
}
