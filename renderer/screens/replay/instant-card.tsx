import { useMemo, type ReactNode } from 'react';
import type { RecordingView } from '#engine/api/views.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import { armNames } from '#engine/chart/strategy-style.ts';
import { color } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';
import { StrategyLetter } from '../../kit/marks.tsx';
import { ProvenanceBadge } from '../../kit/provenance.tsx';
import { TableFrame } from '../../kit/table-frame.tsx';
import { figure } from './instant-words.ts';
import type { ModelFrame } from './model-frame.ts';
import type { ReplayFrame } from './replay-frame.ts';
import type { ReplayStore } from './replay-store.ts';
import { factsOf } from './run-facts.ts';
import { useReplay } from './use-replay.ts';

const useStyles = makeStyles({
  card: {
    backgroundColor: color('card'),
    border: `1px solid ${color('stroke')}`,
    borderRadius: '6px',
    minWidth: 0,
    padding: '4px 0 6px',
    contain: 'content',
  },
  title: { fontSize: '14px', lineHeight: '20px', fontWeight: 600, color: color('ink') },
  track: { fontSize: '12px', fontWeight: 400, color: color('ink-2') },
  table: {
    width: '100%',
    borderCollapse: 'collapse',
    lineHeight: '20px',
    '& th, & td': {
      padding: '3px 12px',
      textAlign: 'right',
      whiteSpace: 'nowrap',
      '@media (max-width: 1199px)': { paddingLeft: '4px', paddingRight: '6px' },
    },
    '& thead th': { fontSize: '12px', fontWeight: 600, color: color('ink-2') },
    '& tr > :first-child': { paddingLeft: '16px', textAlign: 'left', width: '170px' },
    '& tr > :last-child': { paddingRight: '16px' },
    '& tbody tr:first-child td': { fontWeight: 600 },
  },
  missing: { fontWeight: 400, color: color('ink-3') },
});

/** The figures of both tracks at the instant. */
export function InstantCard(props: {
  readonly store: ReplayStore;
  readonly recording: RecordingView;
}): ReactNode {
  const { store, recording } = props;
  const styles = useStyles();
  const frame = useReplay(store, (state) => state.frame);
  const model = useReplay(store, (state) => state.modelFrame);
  const basis = basisOfRun(recording.document.run);
  const real = basis !== 'modelled';
  const arms = useMemo(() => {
    const known = factsOf(recording).arms;
    const names = armNames(known);
    return new Map(
      known.map(
        ({ index, strategy }) => [index, { strategy, name: names.get(index)?.name }] as const,
      ),
    );
  }, [recording]);
  const index = frame?.arm ?? 0;
  const known = arms.get(index);
  const arm =
    index === 0 ? null : (
      <span title={known?.name}>
        {index} {known !== undefined && <StrategyLetter strategy={known.strategy} />}
      </span>
    );
  return (
    <section aria-labelledby="replay-instant" className={styles.card}>
      <TableFrame label="Both tracks at this instant">
        <table className={styles.table} aria-label="Both tracks at this instant">
          <thead>
            <tr>
              <th scope="col">
                <h2 id="replay-instant" className={styles.title}>
                  At this instant
                </h2>
              </th>
              <th scope="col">Held</th>
              <th scope="col">On two or more</th>
              <th scope="col">{real ? 'Not held by it' : 'Free on all'}</th>
              {real && <th scope="col">Binds per s</th>}
              {real && <th scope="col">Bind p95, µs</th>}
              <th scope="col">Failed calls</th>
              <th scope="col">Canary</th>
              <th scope="col">Arm</th>
              <th scope="col">Window</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">
                <ProvenanceBadge basis={basis} dense />{' '}
                <span className={styles.track}>recorded</span>
              </th>
              <Recorded frame={frame} real={real} arm={arm} />
            </tr>
            <tr>
              <th scope="row">
                <ProvenanceBadge basis="modelled" dense />{' '}
                <span className={styles.track}>model</span>
              </th>
              <Modelled frame={model} real={real} />
            </tr>
          </tbody>
        </table>
      </TableFrame>
    </section>
  );
}

function Recorded(props: {
  readonly frame: ReplayFrame | null;
  readonly real: boolean;
  readonly arm: ReactNode;
}): ReactNode {
  const { frame, real, arm } = props;
  const styles = useStyles();
  const p95 = frame?.bindP95 ?? null;
  return (
    <>
      <td>{figure(frame?.held ?? null)}</td>
      <td>{figure(frame?.shared ?? null)}</td>
      <td title={frame?.free === null ? 'the host did not tell its range' : undefined}>
        {frame?.free === null ? (
          <span className={styles.missing}>range unknown</span>
        ) : (
          figure(frame?.free ?? null)
        )}
      </td>
      {real && <td>{figure(frame?.bindsPerSecond ?? null)}</td>}
      {real && <td>{p95 === null ? '–' : figure(p95 / 1_000, 1)}</td>}
      <td>{figure(frame?.failed ?? null)}</td>
      <td>{canaryWords(frame)}</td>
      <td>{arm ?? '–'}</td>
      <td>{frame?.window === true ? 'announced' : 'none'}</td>
    </>
  );
}

function Modelled(props: { readonly frame: ModelFrame | null; readonly real: boolean }): ReactNode {
  const { frame, real } = props;
  const styles = useStyles();
  const columns = real ? 9 : 7;
  if (frame === null || !frame.covered) {
    return (
      <td colSpan={columns} className={styles.missing}>
        {frame === null ? 'not made yet' : 'it does not go that far'}
      </td>
    );
  }
  const none = (words: string): ReactNode => <span className={styles.missing}>{words}</span>;
  return (
    <>
      <td>{figure(frame.held)}</td>
      <td>{figure(frame.shared)}</td>
      <td>{frame.free === null ? none('range unknown') : figure(frame.free)}</td>
      {real && <td>{none('paced alike')}</td>}
      {real && <td>{none('not modelled')}</td>}
      <td>{figure(frame.failed)}</td>
      <td>{none('not modelled')}</td>
      <td colSpan={2}>{none('as recorded')}</td>
    </>
  );
}

function canaryWords(frame: ReplayFrame | null): string {
  if (frame === null || frame.canary.tries === 0) return 'none';
  const { tries, failed } = frame.canary;
  return failed === 0
    ? `ok, ${figure(tries)} tries`
    : `${figure(failed)} of ${figure(tries)} failed`;
}
