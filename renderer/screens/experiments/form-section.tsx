import type { ReactNode } from 'react';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { Field, makeStyles } from '../../kit/fluent.ts';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: '16px' },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: '16px',
    '& > *': { flex: '1 1 132px', minWidth: 0 },
  },
  field: {
    '& .fui-Field__hint': { color: color('ink-3') },
    // Fluent shrinks the label column to its text; long ones wrap.
    '& label': { overflowWrap: 'anywhere' },
  },
});

/** A card of fields. */
export function FormSection(props: {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const styles = useStyles();
  return (
    <Card title={props.title} hint={props.hint} aside={props.aside}>
      <div className={styles.fields}>{props.children}</div>
    </Card>
  );
}

/** Fields side by side where there is room. */
export function FieldRow({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className={useStyles().row}>{children}</div>;
}

export interface FormFieldProps {
  /** Left out where the control says it itself. */
  readonly label?: string;
  readonly hint?: string | undefined;
  /** What is wrong with it; said aloud when it appears. */
  readonly error: string | undefined;
  readonly children: React.ReactElement;
}

/** One labelled field with its hint and its error. */
export function FormField({ label, hint, error, children }: FormFieldProps): ReactNode {
  const styles = useStyles();
  return (
    <Field
      className={styles.field}
      {...(label !== undefined && { label })}
      {...(hint !== undefined && hint !== '' && { hint })}
      {...(error !== undefined && { validationState: 'error', validationMessage: error })}
    >
      {children}
    </Field>
  );
}
