import type { ReactNode } from 'react';
import { formatNumber } from '#engine/chart/format.ts';
import { Checkbox, Dropdown, Input, Option, makeStyles } from '../../kit/fluent.ts';
import type { FormModel } from './form-model.ts';
import { FormField } from './form-section.tsx';
import type { SchemaField } from './schema-fields.ts';

const useStyles = makeStyles({
  narrow: { maxWidth: '200px', minWidth: 0 },
  number: { maxWidth: '200px', '& input': { textAlign: 'right' } },
});

/** One parameter of the experiment, as its schema describes it. */
export function ParameterField(props: {
  readonly form: FormModel;
  readonly field: SchemaField;
}): ReactNode {
  const { form, field } = props;
  const styles = useStyles();
  const { name, label } = field;
  const value = form.state.parameters[name] ?? field.defaultText;
  const set = (text: string): void =>
    form.set({ parameters: { ...form.state.parameters, [name]: text } });
  const error = form.errors[`set:${name}`];
  if (field.kind === 'switch') {
    return (
      <FormField hint={hintOf(field)} error={error}>
        <Checkbox
          checked={value === '1'}
          onChange={(_, { checked }) => set(checked === true ? '1' : '0')}
          label={saidOfOne(label)}
        />
      </FormField>
    );
  }
  return (
    <FormField label={label} hint={hintOf(field)} error={error}>
      {field.kind === 'choice' ? (
        <Dropdown
          className={styles.narrow}
          value={value}
          selectedOptions={[value]}
          onOptionSelect={(_, { optionValue }) => set(optionValue ?? field.defaultText)}
        >
          {field.values.map((one) => (
            <Option key={one} value={one}>
              {one}
            </Option>
          ))}
        </Dropdown>
      ) : (
        <Input
          className={field.kind === 'number' ? styles.number : undefined}
          inputMode={field.kind === 'number' ? 'decimal' : 'text'}
          value={value}
          onChange={(_, { value: text }) => set(text)}
        />
      )}
    </FormField>
  );
}

/** `1 lists the ports` as what ticking the box does: `Lists the ports`. */
function saidOfOne(label: string): string {
  const said = label.replace(/^1 /, '');
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** `hold, 1 to 2,000`: the name is what the console command says. */
function hintOf(field: SchemaField): string {
  const said = [field.hint === '' ? '' : `${field.hint}.`, field.name].filter((one) => one !== '');
  const named = said.join(' ');
  if (field.kind !== 'number' || field.min === null || field.max === null) return named;
  return `${named}, ${formatNumber(field.min, 2)} to ${formatNumber(field.max, 2)}`;
}
