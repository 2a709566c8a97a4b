import { useId, type ReactNode } from 'react';
import type { ProfileView, RunSummary } from '#engine/api/views.ts';
import { thousands } from '#engine/model/words.ts';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { Term, Terms } from '../../kit/figures.tsx';
import { makeStyles, mergeClasses } from '../../kit/fluent.ts';
import { NumberField } from './number-field.tsx';
import { HOST_FIELDS, NEED_FIELDS, type PlanField } from './plan-form.ts';
import { StartChoice } from './start-choice.tsx';
import { StartState } from './start-state.tsx';
import type { Planner } from './use-planner.ts';

export interface NeedCardProps {
  readonly planner: Planner;
  readonly hostname: string;
  readonly profiles: readonly ProfileView[];
  readonly runs: readonly RunSummary[];
  readonly className?: string;
}

/** Above the answer, in a window too narrow to have both side by side. */
const BESIDE_EACH_OTHER = '@media (min-width: 760px) and (max-width: 1199px)';

const useStyles = makeStyles({
  // One column beside the answer; above it three, or one again where even these don't fit.
  form: {
    display: 'grid',
    gap: '12px 24px',
    gridTemplateColumns: 'minmax(0, 1fr)',
    [BESIDE_EACH_OTHER]: { gridTemplateColumns: 'repeat(3, minmax(0, 1fr))' },
  },
  // Two short groups share the first of three columns.
  start: { [BESIDE_EACH_OTHER]: { gridColumn: 1, gridRow: 1 } },
  need: { [BESIDE_EACH_OTHER]: { gridColumn: 2, gridRow: '1 / span 2' } },
  host: { [BESIDE_EACH_OTHER]: { gridColumn: 3, gridRow: '1 / span 2' } },
  result: { [BESIDE_EACH_OTHER]: { gridColumn: 1, gridRow: 2 } },
  group: {
    display: 'flex',
    flexDirection: 'column',
    gap: '6px',
    minWidth: 0,
  },
  ruled: {
    paddingTop: '10px',
    borderTop: `1px solid ${color('stroke')}`,
    [BESIDE_EACH_OTHER]: { paddingTop: 0, borderTopStyle: 'none' },
  },
  legend: {
    marginBottom: '6px',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 600,
    color: color('ink-2'),
  },
});

/** What is needed, and what the host has: every change is answered at once. */
export function NeedCard(props: NeedCardProps): ReactNode {
  const { planner, hostname, profiles, runs, className } = props;
  const styles = useStyles();
  const { form, problems, answer, set } = planner;
  const field = (name: PlanField): ReactNode => (
    <NumberField
      key={name}
      field={name}
      text={form[name]}
      problem={problems[name]}
      onChange={set}
    />
  );
  // Without a range there is nothing that could start somewhere.
  const noAutoReuse = ['', '0'].includes(form.autoReusePorts.trim());
  return (
    <Card title="What you need" {...(className !== undefined && { className })}>
      <form
        className={styles.form}
        aria-label="What you need"
        onSubmit={(event) => event.preventDefault()}
      >
        <Group title="Start from" className={styles.start}>
          <StartChoice
            start={planner.start}
            hostname={hostname}
            profiles={profiles}
            runs={runs}
            onChoose={planner.choose}
          />
          <StartState planner={planner} />
        </Group>
        <Group title="Outbound TCP IPv4" className={mergeClasses(styles.ruled, styles.need)}>
          {NEED_FIELDS.map(field)}
        </Group>
        <Group title="On the host" className={mergeClasses(styles.ruled, styles.host)}>
          {HOST_FIELDS.filter((name) => name !== 'autoReuseStart' || !noAutoReuse).map(field)}
        </Group>
        {answer.plan !== null && (
          <Group title="Result" className={mergeClasses(styles.ruled, styles.result)}>
            <Terms>
              <Term label="Held at peak">
                <strong>{thousands(answer.plan.need.heldAtPeak)}</strong>
              </Term>
              <Term label="Capacity to provide">
                <strong>{thousands(answer.plan.need.capacity)}</strong>
              </Term>
              <Term label="Usable per address">
                <strong>{thousands(answer.plan.need.usablePerAddress)}</strong>
              </Term>
            </Terms>
          </Group>
        )}
      </form>
    </Card>
  );
}

function Group(props: {
  readonly title: string;
  readonly className: string | undefined;
  readonly children: ReactNode;
}): ReactNode {
  const styles = useStyles();
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className={mergeClasses(styles.group, props.className)}>
      <p id={id} className={styles.legend}>
        {props.title}
      </p>
      {props.children}
    </div>
  );
}
