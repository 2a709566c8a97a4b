import type { ReactNode } from 'react';
import { count } from '#engine/model/words.ts';
import type { Family } from '#engine/model/protocol.ts';
import { color } from '../../kit/colors.ts';
import { Radio, RadioGroup, Textarea, makeStyles } from '../../kit/fluent.ts';
import { AddressPicker } from './address-picker.tsx';
import { typedAddresses } from './address-text.ts';
import type { FormModel } from './form-model.ts';
import { FieldRow, FormField, FormSection } from './form-section.tsx';
import type { AddressSource } from './form-state.ts';

const useStyles = makeStyles({
  note: { color: color('ink-2') },
  group: { display: 'flex', flexDirection: 'column', gap: '4px' },
});

/** Whose ports: the pool, and the addresses they are bound on. */
export function AddressSection({ form }: { readonly form: FormModel }): ReactNode {
  const { state, set, errors, simulated } = form;
  const source = simulated ? state.source : 'host';
  const protocol = form.fields.find(({ name }) => name === 'protocol');
  return (
    <FormSection title="Addresses" hint={wanted(form)}>
      <FieldRow>
        {protocol?.kind === 'choice' && (
          <FormField label="Protocol" error={errors['set:protocol']}>
            <RadioGroup
              layout="horizontal"
              value={state.parameters['protocol'] ?? protocol.defaultText}
              onChange={(_, { value }) =>
                set({ parameters: { ...state.parameters, protocol: value } })
              }
            >
              {protocol.values.map((value) => (
                <Radio key={value} value={value} label={value.toUpperCase()} />
              ))}
            </RadioGroup>
          </FormField>
        )}
        {source !== 'typed' && (
          <FormField label="IP version" error={undefined}>
            <RadioGroup
              layout="horizontal"
              value={state.family}
              onChange={(_, { value }) => set({ family: value as Family, picked: null })}
            >
              <Radio value="ipv4" label="IPv4" />
              <Radio value="ipv6" label="IPv6" />
            </RadioGroup>
          </FormField>
        )}
      </FieldRow>
      {simulated && (
        <FormField label="Taken from" error={undefined}>
          <RadioGroup
            layout="horizontal"
            value={source}
            onChange={(_, { value }) => set({ source: value as AddressSource })}
          >
            {form.profileAddresses.length > 0 && (
              <Radio value="profile" label="The profile’s own" />
            )}
            <Radio value="host" label="This host’s" />
            <Radio value="typed" label="Typed" />
          </RadioGroup>
        </FormField>
      )}
      {source === 'host' && <AddressPicker form={form} />}
      {source === 'typed' && <TypedAddresses form={form} />}
      {source === 'profile' && <ProfileAddresses form={form} />}
    </FormSection>
  );
}

function TypedAddresses({ form }: { readonly form: FormModel }): ReactNode {
  const { state, set, errors } = form;
  const typed = typedAddresses(state.typed).length;
  return (
    <FormField
      label={`Addresses of the modelled host${typed === 0 ? '' : `: ${count(typed, 'address')}`}`}
      hint="Separated by commas, spaces or lines; a range as 10.0.0.1-10.0.0.20. They need not exist here."
      error={errors['addresses']}
    >
      <Textarea
        rows={4}
        resize="vertical"
        value={state.typed}
        onChange={(_, { value }) => set({ typed: value })}
      />
    </FormField>
  );
}

function ProfileAddresses({ form }: { readonly form: FormModel }): ReactNode {
  const styles = useStyles();
  return (
    <div className={styles.group}>
      <p>{form.profileAddresses.join(', ')}</p>
      {form.errors['addresses'] !== undefined && (
        <p className={styles.note} role="alert">
          {form.errors['addresses']}
        </p>
      )}
    </div>
  );
}

function wanted({ minAddresses, maxAddresses }: FormModel): string {
  if (maxAddresses === null) return `${minAddresses} or more`;
  if (maxAddresses === minAddresses) return `${minAddresses}; of more, the first ${maxAddresses}`;
  return `${minAddresses} to ${maxAddresses}`;
}
