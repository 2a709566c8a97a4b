import type { ReactNode } from 'react';
import { useCall } from '../../connection/use-lab.ts';
import { Dropdown, Option, makeStyles } from '../../kit/fluent.ts';

const useStyles = makeStyles({ choice: { minWidth: '0', width: '290px' } });

export interface LookChoiceProps {
  /** Undefined: this host. */
  readonly profile: string | undefined;
  onChoose(profile: string | undefined): void;
}

/** Value of the choice that is no profile; none is called so. */
const HERE = '';

/** Which host is looked at: this one, or a modelled one to rehearse on. */
export function LookChoice({ profile, onChoose }: LookChoiceProps): ReactNode {
  const styles = useStyles();
  const { data } = useCall('profiles', {});
  return (
    <Dropdown
      className={styles.choice}
      aria-label="Which host"
      value={profile === undefined ? 'This host' : `Modelled: ${profile}`}
      selectedOptions={[profile ?? HERE]}
      onOptionSelect={(_, { optionValue }) =>
        onChoose(optionValue === HERE || optionValue === undefined ? undefined : optionValue)
      }
    >
      <Option value={HERE}>This host</Option>
      {(data?.profiles ?? []).map(({ name }) => (
        <Option key={name} value={name} text={`Modelled: ${name}`}>
          Modelled: {name}
        </Option>
      ))}
    </Dropdown>
  );
}
