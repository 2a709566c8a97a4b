/**
 * How a command ends when it can't do what was asked.
 * `failed`: something broke (exit 1) · `usage`: bad input, bad file, unknown id (exit 2) ·
 * `refused`: not supported here, or not safe (exit 3).
 */
export type LabErrorKind = 'failed' | 'usage' | 'refused';

/** An error for a person: the message says what and where, the hint what to do about it. */
export class LabError extends Error {
  readonly kind: LabErrorKind;
  readonly hint: string;

  constructor(kind: LabErrorKind, message: string, hint: string) {
    super(message);
    this.name = 'LabError';
    this.kind = kind;
    this.hint = hint;
  }
}
