import type { ReactNode } from 'react';
import type { ProfileView, RunSummary } from '#engine/api/views.ts';
import { Dropdown, Option, OptionGroup, makeStyles } from '../../kit/fluent.ts';
import { isStartKey, profileStart, runStart, type StartKey } from './plan-start.ts';
import { hostChoice, profileChoice, runChoice } from './plan-words.ts';

export interface StartChoiceProps {
  readonly start: StartKey;
  readonly hostname: string;
  readonly profiles: readonly ProfileView[];
  /** Newest first. */
  readonly runs: readonly RunSummary[];
  onChoose(start: StartKey): void;
}

/** Runs a list one scrolls through may have; older ones are named on the console. */
const MOST_RUNS = 50;

const useStyles = makeStyles({ choice: { minWidth: 0, width: '100%' } });

/** Which host the figures come from: this one, a recorded run's, or a profile's. */
export function StartChoice(props: StartChoiceProps): ReactNode {
  const { start, hostname, profiles, runs, onChoose } = props;
  const styles = useStyles();
  const newest = runs.filter(({ status }) => status !== 'running').slice(0, MOST_RUNS);
  const names = new Map<string, string>([
    ['host', hostChoice(hostname)],
    ...profiles.map(({ name }) => [profileStart(name), profileChoice(name)] as const),
    ...newest.map((run) => [runStart(run.id), runChoice(run)] as const),
  ]);
  return (
    <Dropdown
      className={styles.choice}
      aria-label="Start from"
      value={names.get(start) ?? start.replace(':', ' ')}
      selectedOptions={[start]}
      onOptionSelect={(_, { optionValue }) => {
        if (optionValue !== undefined && isStartKey(optionValue)) onChoose(optionValue);
      }}
    >
      <Option value="host" text={hostChoice(hostname)}>
        {hostChoice(hostname)}
      </Option>
      <OptionGroup label="Profiles">
        {profiles.map(({ name }) => (
          <Option key={name} value={profileStart(name)} text={profileChoice(name)}>
            {name}
          </Option>
        ))}
      </OptionGroup>
      {newest.length > 0 && (
        <OptionGroup label="Recorded runs">
          {newest.map((run) => (
            <Option key={run.id} value={runStart(run.id)} text={runChoice(run)}>
              {runChoice(run)}
            </Option>
          ))}
        </OptionGroup>
      )}
    </Dropdown>
  );
}
