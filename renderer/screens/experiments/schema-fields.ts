/** An experiment's parameters as form fields, from its JSON Schema. */

interface Common {
  /** The parameter's name, as `--set` takes it. */
  readonly name: string;
  /** What it is, in a few words. */
  readonly label: string;
  /** The rest of its description; '' where there is none. */
  readonly hint: string;
  /** As `--set` takes it; '' where there is none. */
  readonly defaultText: string;
}

export type SchemaField =
  | (Common & { readonly kind: 'choice'; readonly values: readonly string[] })
  | (Common & { readonly kind: 'switch' })
  | (Common & {
      readonly kind: 'number';
      readonly whole: boolean;
      readonly min: number | null;
      readonly max: number | null;
    })
  | (Common & { readonly kind: 'text' });

/** A parameter this form does not know the shape of is a text field: the service checks it anyway. */
export function schemaFields(schema: Readonly<Record<string, unknown>>): SchemaField[] {
  return Object.entries(objectOf(schema['properties'])).map(([name, property]) =>
    fieldOf(name, objectOf(property)),
  );
}

function fieldOf(name: string, property: Readonly<Record<string, unknown>>): SchemaField {
  const common = {
    name,
    ...wordsOf(property['description'], name),
    defaultText: textOf(property['default']),
  };
  const values = property['enum'];
  if (Array.isArray(values)) return { ...common, kind: 'choice', values: values.map(textOf) };
  if (isSwitch(property['anyOf'])) return { ...common, kind: 'switch' };
  const { type } = property;
  if (type === 'integer' || type === 'number') {
    return {
      ...common,
      kind: 'number',
      whole: type === 'integer',
      min: numberOf(property['minimum']),
      max: numberOf(property['maximum']),
    };
  }
  return { ...common, kind: 'text' };
}

/** `Binds at most, in ranges: 3 is three times the range`: the first part names, the rest explains. */
function wordsOf(description: unknown, name: string): { label: string; hint: string } {
  if (typeof description !== 'string' || description === '') return { label: name, hint: '' };
  const cut = description.search(/[;:] /);
  if (cut < 0) return { label: description, hint: '' };
  return { label: description.slice(0, cut), hint: description.slice(cut + 2) };
}

/** 0 or 1, and nothing else. */
function isSwitch(anyOf: unknown): boolean {
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return false;
  const constants = anyOf.map((one) => objectOf(one)['const']);
  return constants.includes(0) && constants.includes(1);
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
