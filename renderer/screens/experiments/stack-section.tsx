import type { ReactNode } from 'react';
import { Button, Dropdown, Option, Radio, RadioGroup, makeStyles } from '../../kit/fluent.ts';
import { Save16Regular } from '../../kit/icons.ts';
import { saveBlob } from '../../kit/save-blob.ts';
import type { FormModel } from './form-model.ts';
import type { OwnProfile, StackChoice } from './form-state.ts';
import { FormField, FormSection } from './form-section.tsx';

const useStyles = makeStyles({
  profile: { maxWidth: '320px' },
  save: { alignSelf: 'flex-start' },
});

/** Where it runs: real sockets or the model. */
export function StackSection({ form }: { readonly form: FormModel }): ReactNode {
  const styles = useStyles();
  const { state, set, errors, host, simulated, profiles } = form;
  const { ownProfile } = state;
  const names = profiles.map(({ name }) => name);
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
        <FormField label="Profile" hint={aboutProfile(form)} error={errors['profile']}>
          <Dropdown
            className={styles.profile}
            value={state.profile}
            selectedOptions={[state.profile]}
            onOptionSelect={(_, { optionValue }) => set({ profile: optionValue ?? '' })}
          >
            {[...(ownProfile === null ? [] : [ownProfile.file]), ...names].map((name) => (
              <Option key={name} value={name}>
                {name}
              </Option>
            ))}
          </Dropdown>
        </FormField>
      )}
      {simulated && ownProfile !== null && ownProfile.file === state.profile && (
        <Button
          className={styles.save}
          size="small"
          icon={<Save16Regular />}
          onClick={() => saveProfile(ownProfile)}
        >
          Save {ownProfile.file}
        </Button>
      )}
    </FormSection>
  );
}

function saveProfile({ file, content }: OwnProfile): void {
  const text = `${JSON.stringify(content, null, 2)}\n`;
  saveBlob(new Blob([text], { type: 'application/json' }), file);
}

function aboutProfile({ state: { profile, ownProfile }, profiles }: FormModel): string {
  if (ownProfile?.file === profile) {
    return 'The host of a plan. It lives as long as this window; the console command needs it as a file';
  }
  return profiles.find(({ name }) => name === profile)?.about ?? '';
}

function chosen({ stack, why }: FormModel['host']['facts']): string {
  const name = stack === 'winsock' ? 'Winsock' : 'simulated';
  return `${name}, because ${why}`;
}
