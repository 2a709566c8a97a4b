import { useId, type ReactNode } from 'react';
import { color } from '../../kit/colors.ts';
import { Checkbox, makeStyles, mergeClasses } from '../../kit/fluent.ts';
import { ErrorCircle16Filled } from '../../kit/icons.ts';
import type { AddressChoice } from './address-choices.ts';
import type { FormModel } from './form-model.ts';

const useStyles = makeStyles({
  groups: { display: 'flex', flexDirection: 'column', gap: '12px' },
  group: { border: 'none', margin: 0, padding: 0, minWidth: 0 },
  legend: { padding: 0, fontWeight: 600 },
  explained: { fontSize: '12px', lineHeight: '16px', color: color('ink-3') },
  list: { listStyleType: 'none', marginTop: '2px' },
  choice: {
    display: 'grid',
    gridTemplateColumns: 'minmax(190px, auto) minmax(0, 1fr)',
    alignItems: 'center',
    columnGap: '12px',
    '@media (max-width: 1100px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  address: { fontWeight: 600, overflowWrap: 'anywhere' },
  where: { color: color('ink-2'), '@media (max-width: 1100px)': { paddingLeft: '32px' } },
  note: { color: color('ink-3') },
  error: {
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
    fontSize: '12px',
    color: color('error'),
  },
});

/** The host's addresses to tick; the usable ones are ticked already. */
export function AddressPicker({ form }: { readonly form: FormModel }): ReactNode {
  const styles = useStyles();
  const { choices, errors, state } = form;
  const error = errors['addresses'];
  return (
    <div className={styles.groups}>
      <Group form={form} title="Usable" choices={choices.usable}>
        {choices.usable.length === 0 &&
          `This host has no usable ${versionOf(state.family)} address.`}
        {choices.usable.length === 1 &&
          'One is too few to compare addresses, so it is not ticked by itself.'}
      </Group>
      {choices.others.length > 0 && (
        <Group form={form} title="Not taken by default" choices={choices.others} />
      )}
      {choices.standIns.length > 0 && (
        <Group form={form} title="Loopback stand-ins" choices={choices.standIns}>
          All of 127.0.0.0/8 can be bound without configuring it. They stand in where a host has
          fewer than two usable addresses; the verdict says that it rests on loopback.
        </Group>
      )}
      {error !== undefined && (
        <p role="alert" className={styles.error}>
          <ErrorCircle16Filled aria-hidden />
          {error}
        </p>
      )}
    </div>
  );
}

function versionOf(family: string): string {
  return family === 'ipv4' ? 'IPv4' : 'IPv6';
}

function Group(props: {
  readonly form: FormModel;
  readonly title: string;
  readonly choices: readonly AddressChoice[];
  readonly children?: ReactNode;
}): ReactNode {
  const { form, title, choices, children } = props;
  const styles = useStyles();
  const explained = useId();
  const picked = form.state.picked ?? form.choices.byDefault;
  const toggle = (address: string, on: boolean): void =>
    form.set({
      picked: on ? [...picked, address] : picked.filter((one) => one !== address),
    });
  const hasWords = Array.isArray(children)
    ? children.some((one) => one !== false)
    : children !== undefined;
  return (
    <fieldset className={styles.group} aria-describedby={hasWords ? explained : undefined}>
      <legend className={styles.legend}>{title}</legend>
      {hasWords && (
        <p id={explained} className={styles.explained}>
          {children}
        </p>
      )}
      <ul className={styles.list}>
        {choices.map(({ address, where, note }) => {
          const place = picked.indexOf(address);
          const unused = place >= 0 && place >= (form.maxAddresses ?? Number.POSITIVE_INFINITY);
          const said = [where, note, unused ? 'more than this experiment uses' : ''];
          return (
            <li key={address} className={styles.choice}>
              <Checkbox
                checked={place >= 0}
                onChange={(_, { checked }) => toggle(address, checked === true)}
                label={<span className={styles.address}>{address}</span>}
                aria-describedby={`${explained}-${address}`}
              />
              <span
                id={`${explained}-${address}`}
                className={mergeClasses(styles.where, note !== '' && styles.note)}
              >
                {said.filter((one, at) => one !== '' && said.indexOf(one) === at).join(' · ')}
              </span>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
