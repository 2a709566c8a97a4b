import { memo, type ReactNode } from 'react';
import { Field, Input, makeStyles } from '../../kit/fluent.ts';
import { FIELD_SPECS, type PlanField } from './plan-form.ts';

export interface NumberFieldProps {
  readonly field: PlanField;
  readonly text: string;
  /** What is wrong with it. */
  readonly problem: string | undefined;
  onChange(field: PlanField, text: string): void;
}

const useStyles = makeStyles({
  field: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 116px',
    alignItems: 'center',
    columnGap: '8px',
    // Fluent puts a side label at the top of its column.
    '& > label': { padding: 0, overflowWrap: 'anywhere' },
    '& .fui-Field__validationMessage': { gridColumn: '1 / -1', justifySelf: 'end' },
  },
  input: { minWidth: 0, width: '116px', '& input': { textAlign: 'right', fontWeight: 600 } },
});

/** One number, its label beside it. */
export const NumberField = memo(function NumberField(props: NumberFieldProps): ReactNode {
  const { field, text, problem, onChange } = props;
  const styles = useStyles();
  const { label, unit, broken } = FIELD_SPECS[field];
  return (
    <Field
      className={styles.field}
      label={
        unit === undefined ? (
          label
        ) : (
          <>
            {label}
            <span className="visually-hidden"> ({unit})</span>
          </>
        )
      }
      {...(problem !== undefined && { validationState: 'error', validationMessage: problem })}
    >
      <Input
        className={styles.input}
        inputMode={broken === true ? 'decimal' : 'numeric'}
        {...(unit !== undefined && { contentAfter: <span aria-hidden>{unit}</span> })}
        value={text}
        onChange={(_, { value }) => onChange(field, value)}
      />
    </Field>
  );
});
