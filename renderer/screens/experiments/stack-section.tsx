import type { ReactNode } from 'react';
import { Dropdown, Option, Radio, RadioGroup, makeStyles } from '../../kit/fluent.ts';
import type { FormModel } from './form-model.ts';
import type { StackChoice } from './form-state.ts';
import { FormField, FormSection } from './form-section.tsx';

const useStyles = makeStyles({ profile: { maxWidth: '320px' } });

/** Where it runs: real sockets or the model. */
export function StackSection({ form }: { readonly form: FormModel }): ReactNode {
  const styles = useStyles();
  const { state, set, errors, host, simulated, profiles } = form;
  return (
    <FormSection title="Where it runs">
      <FormField label="Stack" error={errors['stack']}>
        <RadioGroup
          value={state.stack}
          onChange={(_, { value }) => set({ stack: value as StackChoice })}
        >
          <Radio value="auto" label={`Automatic: ${chosen(host.facts)}`} />
          <Radio value="winsock" label="Winsock: real sockets of this host (ws2_32.dll)" />
          <Radio
            value="simulated"
            label="Simulated: the model of Windows’ port allocator, no socket is opened"
          />
        </RadioGroup>
      </FormField>
      {simulated && profiles.length > 0 && (
        <FormField
          label="Profile"
          hint={profiles.find(({ name }) => name === state.profile)?.about ?? ''}
          error={errors['profile']}
        >
          <Dropdown
            className={styles.profile}
            value={state.profile}
            selectedOptions={[state.profile]}
            onOptionSelect={(_, { optionValue }) => set({ profile: optionValue ?? '' })}
          >
            {profiles.map(({ name }) => (
              <Option key={name} value={name}>
                {name}
              </Option>
            ))}
          </Dropdown>
        </FormField>
      )}
    </FormSection>
  );
}

function chosen({ stack, why }: FormModel['host']['facts']): string {
  const name = stack === 'winsock' ? 'Winsock' : 'simulated';
  return `${name}, because ${why}`;
}
