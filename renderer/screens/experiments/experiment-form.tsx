import { useMemo, useState, type ReactNode } from 'react';
import type { ExperimentView, HostView, ProfileView } from '#engine/api/views.ts';
import type { LabError } from '#engine/model/lab-error.ts';
import { takeProposal } from '../../connection/run-proposal.ts';
import { makeStyles } from '../../kit/fluent.ts';
import { addressChoices } from './address-choices.ts';
import { AddressSection } from './address-section.tsx';
import { fieldOfError, wordsAtField } from './field-errors.ts';
import type { FormModel } from './form-model.ts';
import { emptyForm, wishOf, type FormState, type Problems } from './form-state.ts';
import { LimitsSection } from './limits-section.tsx';
import { MoreSection } from './more-section.tsx';
import { PreviewCard } from './preview-card.tsx';
import { profileAddresses } from './profile-addresses.ts';
import { proposedForm } from './proposed-form.ts';
import { RunBar } from './run-bar.tsx';
import { schemaFields } from './schema-fields.ts';
import { StackSection } from './stack-section.tsx';
import { usePreview } from './use-preview.ts';

export interface ExperimentFormProps {
  readonly experiment: ExperimentView;
  readonly host: HostView;
  readonly profiles: readonly ProfileView[];
}

/** As long as the window is open, a form comes back as it was left. */
const left = new Map<string, FormState>();

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(340px, 440px)',
    gap: '12px',
    alignItems: 'start',
    maxWidth: '1240px',
    '@media (max-width: 899px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  column: { display: 'flex', flexDirection: 'column', gap: '12px', minWidth: 0 },
  // Stays in sight while the form scrolls; Run is always at its foot.
  beside: {
    position: 'sticky',
    top: '12px',
    maxHeight: 'calc(100vh - 28px - 24px)',
    '@media (max-width: 899px)': { position: 'static', maxHeight: 'none' },
  },
  preview: { overflowY: 'auto', minHeight: 0, flexShrink: 1 },
});

export function ExperimentForm({ experiment, host, profiles }: ExperimentFormProps): ReactNode {
  const styles = useStyles();
  const [state, setState] = useState(() => begin(experiment.id, profiles));
  const set = (change: Partial<FormState>): void => {
    const next = { ...state, ...change };
    left.set(experiment.id, next);
    setState(next);
  };
  const fields = useMemo(() => schemaFields(experiment.parameters), [experiment]);
  const choices = useMemo(
    () => addressChoices(host, state.family, experiment.maxAddresses),
    [host, state.family, experiment],
  );
  // What `auto` comes to is the host's word; the preview would say the same a moment later.
  const stack = state.stack === 'auto' ? host.facts.stack : state.stack;
  const simulated = stack === 'simulated';
  const asked = wishOf(state, {
    experiment: experiment.id,
    safe: experiment.safe,
    minAddresses: experiment.minAddresses,
    fields,
    simulated,
    byDefault: choices.byDefault,
  });
  const sayable = Object.keys(asked.problems).length === 0;
  const previewed = usePreview(sayable ? asked.wish : null);
  const error = sayable ? previewed.error : null;
  const form: FormModel = {
    state,
    set,
    errors: { ...asked.problems, ...errorAtField(error) },
    fields,
    safe: experiment.safe,
    minAddresses: experiment.minAddresses,
    maxAddresses: experiment.maxAddresses,
    host,
    choices,
    simulated,
    profiles,
    profileAddresses: profileAddresses(state, profiles),
    preview: previewed.preview,
  };
  const upToDate = sayable && !previewed.pending && error === null;
  return (
    <div className={styles.columns}>
      <form
        className={styles.column}
        aria-label={`Set up ${experiment.title}`}
        // Enter in a field must not take ports.
        onSubmit={(event) => event.preventDefault()}
      >
        <StackSection form={form} />
        <AddressSection form={form} />
        <LimitsSection form={form} />
        <MoreSection form={form} />
      </form>
      <div className={`${styles.column} ${styles.beside}`}>
        <PreviewCard
          state={previewed}
          unsaid={!sayable || error?.kind === 'usage'}
          className={styles.preview}
        />
        <RunBar
          wish={asked.wish}
          preview={upToDate ? previewed.preview : null}
          obstacle={obstacleOf(sayable, error)}
        />
      </div>
    </div>
  );
}

/** As another screen proposed it, as it was left, or blank. */
function begin(id: string, profiles: readonly ProfileView[]): FormState {
  const proposed = takeProposal(id);
  if (proposed !== null) left.set(id, proposedForm(blank(profiles), proposed));
  return left.get(id) ?? blank(profiles);
}

function blank(profiles: readonly ProfileView[]): FormState {
  const [first] = profiles;
  const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));
  const own = first !== undefined && first.addresses.length > 0;
  return emptyForm(first?.name ?? '', own ? 'profile' : 'host', seed);
}

function obstacleOf(sayable: boolean, error: LabError | null): string {
  if (!sayable || error?.kind === 'usage') return 'An entry of the form is to be corrected.';
  return error === null ? '' : 'It can’t run like this; see what to do above.';
}

function errorAtField(error: LabError | null): Problems {
  const field = error === null ? null : fieldOfError(error.message);
  return field === null || error === null ? {} : { [field]: wordsAtField(error.message) };
}
