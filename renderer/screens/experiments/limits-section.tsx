import type { ReactNode } from 'react';
import { color } from '../../kit/colors.ts';
import { Dropdown, Input, Option, Switch, makeStyles } from '../../kit/fluent.ts';
import type { FormModel } from './form-model.ts';
import { FormField, FormSection } from './form-section.tsx';

const useStyles = makeStyles({
  reserve: { display: 'flex', gap: '8px', maxWidth: '340px', '& > *': { minWidth: 0 } },
  number: { width: '110px', '& input': { textAlign: 'right' } },
  kind: { flexGrow: 1, minWidth: '160px' },
  exhaustive: { display: 'flex', flexDirection: 'column' },
  hint: { fontSize: '12px', lineHeight: '16px', color: color('ink-3'), paddingLeft: '56px' },
});

const KINDS = { percent: '% of the dynamic range', number: 'port numbers' } as const;
type Kind = keyof typeof KINDS;

/** What other applications are left. */
export function LimitsSection({ form }: { readonly form: FormModel }): ReactNode {
  const styles = useStyles();
  const { state, set, errors, safe } = form;
  return (
    <FormSection title="What it leaves" hint="for option-less applications">
      <FormField label="Reserve" hint={reserveHint(form)} error={errors['reserve']}>
        <ReserveInput form={form} />
      </FormField>
      {!safe && (
        <div className={styles.exhaustive}>
          <Switch
            checked={state.exhaustive}
            onChange={(_, { checked }) => set({ exhaustive: checked })}
            label="Exhaustive: below the reserve, to the first error"
            aria-describedby="exhaustive-hint"
          />
          <p id="exhaustive-hint" className={styles.hint}>
            On a host in use new logons, LDAP, DNS and SMB may fail until it releases. For lab
            hosts.
          </p>
        </div>
      )}
    </FormSection>
  );
}

/** Field hands its label and its state to its one child: the number. */
function ReserveInput({
  form,
  ...field
}: {
  readonly form: FormModel;
  readonly id?: string;
}): ReactNode {
  const styles = useStyles();
  const { state, set } = form;
  return (
    <div className={styles.reserve}>
      <Input
        {...field}
        className={styles.number}
        inputMode="decimal"
        value={state.reserve}
        onChange={(_, { value }) => set({ reserve: value })}
      />
      <Dropdown
        className={styles.kind}
        aria-label="Reserve counted in"
        value={KINDS[state.reserveKind]}
        selectedOptions={[state.reserveKind]}
        onOptionSelect={(_, { optionValue }) => set({ reserveKind: optionValue as Kind })}
      >
        {Object.entries(KINDS).map(([kind, words]) => (
          <Option key={kind} value={kind}>
            {words}
          </Option>
        ))}
      </Dropdown>
    </div>
  );
}

function reserveHint({ state, safe, preview }: FormModel): string {
  if (state.exhaustive && !safe) return 'Not kept in an exhaustive run';
  if (preview !== null && preview.usable === null) {
    return 'None can be kept: the dynamic port range of this host is unknown';
  }
  return 'Numbers that stay free on all addresses, at every moment';
}
