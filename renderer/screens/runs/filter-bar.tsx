import type { ReactNode } from 'react';
import type { RunSummary } from '#engine/api/views.ts';
import { count } from '#engine/model/words.ts';
import { BASES, RUN_STATUSES, type Basis, type RunStatus } from '#engine/run/run-document.ts';
import { color } from '../../kit/colors.ts';
import { Button, Dropdown, Option, SearchBox, makeStyles } from '../../kit/fluent.ts';
import { countBy, isFiltering, NO_FILTER, type RunFilter } from './run-filter.ts';
import { BASIS_NAMES, STATUS_NAMES } from './run-words.ts';

export interface FilterBarProps {
  readonly runs: readonly RunSummary[];
  readonly shown: number;
  readonly filter: RunFilter;
  onChange(filter: RunFilter): void;
  /** At the bar's far end: what can be done with the chosen ones. */
  readonly children: ReactNode;
}

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  search: { flex: '1 1 220px', maxWidth: '340px' },
  choice: { minWidth: '150px', maxWidth: '220px' },
  shown: { color: color('ink-2'), whiteSpace: 'nowrap' },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px',
    marginLeft: 'auto',
  },
});

export function FilterBar(props: FilterBarProps): ReactNode {
  const { runs, shown, filter, onChange, children } = props;
  const styles = useStyles();
  return (
    <div className={styles.bar} role="group" aria-label="Search and filters">
      <SearchBox
        className={styles.search}
        placeholder="Title, tag, host, experiment, verdict, id"
        aria-label="Search runs"
        value={filter.words}
        onChange={(_event, { value }) => onChange({ ...filter, words: value })}
      />
      <Choice<Basis>
        label="Provenance"
        all="Any provenance"
        names={BASIS_NAMES}
        order={BASES}
        counts={countBy(runs, ({ basis }) => basis)}
        chosen={filter.bases}
        onChange={(bases) => onChange({ ...filter, bases })}
      />
      <Choice<RunStatus>
        label="Status"
        all="Any status"
        names={STATUS_NAMES}
        order={RUN_STATUSES}
        counts={countBy(runs, ({ status }) => status)}
        chosen={filter.statuses}
        onChange={(statuses) => onChange({ ...filter, statuses })}
      />
      {isFiltering(filter) && (
        <Button appearance="subtle" onClick={() => onChange(NO_FILTER)}>
          Clear
        </Button>
      )}
      <span className={styles.shown} role="status">
        {isFiltering(filter) ? `${shown} of ${count(runs.length, 'run')}` : ''}
      </span>
      <div className={styles.actions}>{children}</div>
    </div>
  );
}

interface ChoiceProps<K extends string> {
  readonly label: string;
  readonly all: string;
  readonly names: Readonly<Record<K, string>>;
  readonly order: readonly K[];
  readonly counts: ReadonlyMap<K, number>;
  readonly chosen: readonly K[];
  onChange(chosen: readonly K[]): void;
}

/** Any number of values; none chosen means all. Only those there are, and those that are chosen. */
function Choice<K extends string>(props: ChoiceProps<K>): ReactNode {
  const { label, all, names, order, counts, chosen, onChange } = props;
  const styles = useStyles();
  return (
    <Dropdown
      multiselect
      inlinePopup
      className={styles.choice}
      aria-label={label}
      value={chosen.length === 0 ? all : chosen.map((key) => names[key]).join(', ')}
      selectedOptions={[...chosen]}
      onOptionSelect={(_event, { selectedOptions }) =>
        onChange(order.filter((key) => selectedOptions.includes(key)))
      }
    >
      {order
        .filter((key) => counts.has(key) || chosen.includes(key))
        .map((key) => (
          <Option key={key} value={key} text={names[key]}>
            {`${names[key]} (${counts.get(key) ?? 0})`}
          </Option>
        ))}
    </Dropdown>
  );
}
