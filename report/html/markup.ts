/** HTML that is safe to put in a page: made by `html`, which escapes all it is given, or by `raw`. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template. Nothing is drawn for null, undefined and false. */
export type Content = string | number | Markup | null | undefined | false | readonly Content[];

/** Template tag: values are escaped for element content and for quoted attributes alike. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  let text = strings[0] ?? '';
  values.forEach((value, at) => {
    text += render(value) + (strings[at + 1] ?? '');
  });
  return new Markup(text);
}

/** Trusts a text as it is: for what this room wrote itself. */
export function raw(text: string): Markup {
  return new Markup(text);
}

function render(value: Content): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  return value.map(render).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Escapes markup, and shows as U+FFFD what HTML may not hold or a reader should not be fooled by:
 * control characters, unpaired surrogates, and marks that turn the direction of writing
 * (an adapter's name comes from the machine, an imported run from anywhere).
 */
export function escapeText(text: string): string {
  return text
    .replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
