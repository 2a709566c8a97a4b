/**
 * How a command ends when it can't do what was asked.
 * `failed`: something broke (exit 1) · `usage`: bad input, bad file, unknown id (exit 2) ·
 * `refused`: not supported here, or not safe (exit 3).
 */
export const LAB_ERROR_KINDS = ['failed', 'usage', 'refused'] as const;
export type LabErrorKind = (typeof LAB_ERROR_KINDS)[number];

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

  /** Whatever was thrown, as something to tell a person: what is no LabError is a fault of ours. */
  static from(thrown: unknown): LabError {
    if (thrown instanceof LabError) return thrown;
    return new LabError(
      'failed',
      thrown instanceof Error ? thrown.message : String(thrown),
      'this is a fault of the lab; please report it with what you did',
    );
  }
}
