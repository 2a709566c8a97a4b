import type { HostView, Preview, ProfileView } from '#engine/api/views.ts';
import type { AddressChoices } from './address-choices.ts';
import type { FormState, Problems } from './form-state.ts';
import type { SchemaField } from './schema-fields.ts';

/** What every part of the form works with. */
export interface FormModel {
  readonly state: FormState;
  set(change: Partial<FormState>): void;
  /** By field, the form's own and the service's. */
  readonly errors: Problems;
  readonly fields: readonly SchemaField[];
  readonly safe: boolean;
  readonly minAddresses: number;
  readonly maxAddresses: number | null;
  readonly host: HostView;
  readonly choices: AddressChoices;
  /** No real socket would be opened, as far as is known. */
  readonly simulated: boolean;
  /** The profiles, and whether the chosen one brings addresses of its own. */
  readonly profiles: readonly Pick<ProfileView, 'name' | 'about'>[];
  readonly profileAddresses: readonly string[];
  /** Of the form before the last change, at worst. */
  readonly preview: Preview | null;
}
