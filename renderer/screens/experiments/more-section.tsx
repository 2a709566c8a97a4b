import { useEffect, useId, useState, type ReactNode } from 'react';
import { count } from '#engine/model/words.ts';
import { color } from '../../kit/colors.ts';
import { Button, Input, makeStyles } from '../../kit/fluent.ts';
import { ChevronDown16Regular, ChevronRight16Regular } from '../../kit/icons.ts';
import type { FormModel } from './form-model.ts';
import { FieldRow, FormField, FormSection } from './form-section.tsx';
import type { FormState } from './form-state.ts';
import { ParameterField } from './parameter-field.tsx';

const useStyles = makeStyles({
  toggle: { alignSelf: 'flex-start', justifyContent: 'flex-start' },
  bad: { color: color('error'), marginLeft: '8px' },
  all: { display: 'flex', flexDirection: 'column', gap: '12px' },
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(200px, 1fr))',
    alignItems: 'start',
    gap: '16px',
  },
  number: { minWidth: 0, '& input': { textAlign: 'right' } },
});

type TextField = 'maxSockets' | 'maxSeconds' | 'holdSeconds' | 'seed' | 'title' | 'tags';
const FIELDS: readonly TextField[] = [
  'maxSockets',
  'maxSeconds',
  'holdSeconds',
  'seed',
  'title',
  'tags',
];

/** What seldom matters, behind a button; it opens by itself where something in it is wrong. */
export function MoreSection({ form }: { readonly form: FormModel }): ReactNode {
  const styles = useStyles();
  const id = useId();
  // The family goes with the addresses; the pace means something to the model or to real sockets only.
  const parameters = form.fields.filter(
    ({ name }) => name !== 'family' && name !== 'protocol' && (name !== 'rate' || form.simulated),
  );
  // What somebody has set is not to be hidden.
  const [open, setOpen] = useState(() =>
    parameters.some(({ name, defaultText }) => {
      const text = form.state.parameters[name];
      return text !== undefined && text !== defaultText;
    }),
  );
  const wrong = [...FIELDS, ...parameters.map(({ name }) => `set:${name}`)].filter(
    (name) => form.errors[name] !== undefined,
  ).length;
  useEffect(() => {
    if (wrong > 0) setOpen(true);
  }, [wrong]);
  const Chevron = open ? ChevronDown16Regular : ChevronRight16Regular;
  return (
    <div className={styles.all}>
      <Button
        className={styles.toggle}
        appearance="subtle"
        icon={<Chevron />}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        More: limits, parameters, name
        {wrong > 0 && <span className={styles.bad}>{count(wrong, 'entry')} to correct</span>}
      </Button>
      <div id={id} hidden={!open} className={open ? styles.all : undefined}>
        <FormSection title="Limits">
          <FieldRow>
            <TextInput form={form} name="maxSockets" label="Sockets at once, at most" numeric />
            <TextInput form={form} name="maxSeconds" label="Seconds, at most" numeric />
            <TextInput
              form={form}
              name="holdSeconds"
              label="Hold the peak, seconds"
              hint="Keeps the last arm’s ports bound"
              numeric
            />
          </FieldRow>
        </FormSection>
        <FormSection title="Parameters" hint="of this experiment">
          <div className={styles.grid}>
            {parameters.map((field) => (
              <ParameterField key={field.name} form={form} field={field} />
            ))}
            {form.simulated && (
              <TextInput
                form={form}
                name="seed"
                label="Seed"
                hint="Of the model’s chance: the same seed gives the same run"
                numeric
              />
            )}
          </div>
        </FormSection>
        <FormSection title="Name" hint="how the run is found again">
          <TextInput form={form} name="title" label="Title" />
          <TextInput form={form} name="tags" label="Tags" hint="Separated by commas" />
        </FormSection>
      </div>
    </div>
  );
}

function TextInput(props: {
  readonly form: FormModel;
  readonly name: TextField;
  readonly label: string;
  readonly hint?: string;
  readonly numeric?: boolean;
}): ReactNode {
  const { form, name, label, hint, numeric = false } = props;
  const styles = useStyles();
  return (
    <FormField label={label} hint={hint ?? limitInUse(form, name)} error={form.errors[name]}>
      <Input
        className={numeric ? styles.number : undefined}
        inputMode={numeric ? 'decimal' : 'text'}
        value={form.state[name]}
        onChange={(_, { value }) => form.set({ [name]: value } as Partial<FormState>)}
      />
    </FormField>
  );
}

/** Left empty, the lab's own limit counts: the preview says which that is. */
function limitInUse({ preview, state }: FormModel, name: TextField): string | undefined {
  if (name !== 'maxSockets' && name !== 'maxSeconds') return undefined;
  if (state[name].trim() !== '' || preview === null) return undefined;
  return `Left empty: ${count(preview.limits[name], name === 'maxSockets' ? 'socket' : 'second')}`;
}
