import { LabError } from '../model/lab-error.ts';
import { resolveProfile } from '../profile/resolve-profile.ts';
import { checkNames } from './check-names.ts';
import { JsoncError, parseJsonc, type Jsonc } from './jsonc.ts';
import type { Script } from './script.ts';
import {
  SCRIPT_LIMITS,
  STEP_SCHEMAS,
  scriptHeadSchema,
  type Step,
  type StepOp,
} from './script-schema.ts';
import { fieldsOf, issueWords, shown, stepError, type StepPlace } from './step-error.ts';

/** What a script without a title is called. */
const UNTITLED = 'Untitled script';

const HEAD_HINT = 'a script has the fields portlab ("script/1"), title, profile and steps';

/**
 * Reads and checks a script whole: its form, the numbers in it, its profile, and that each name a step
 * uses was made before and not closed. What passes can be run.
 * @param text of the file: JSON, or JSON with comments and trailing commas
 * @throws LabError `usage`, naming the step where it is about one; `refused` for a profile's values that are not modelled
 */
export function parseScript(text: string): Script {
  return readScript(parsedText(text));
}

/** As `parseScript`, for content that is parsed already, such as a recorded run's. */
export function checkScript(value: unknown): Script {
  return readScript({ value, lineOf: () => undefined });
}

function parsedText(text: string): Jsonc {
  try {
    return parseJsonc(text);
  } catch (error) {
    if (!(error instanceof JsoncError)) throw error;
    throw new LabError('usage', `no JSON: ${error.message}`, 'mend it there; comments are fine');
  }
}

function readScript({ value, lineOf }: Jsonc): Script {
  const { title, profile, steps: given } = readHead(value);
  if (profile !== undefined) resolveProfile(profile);
  const places = given.map((step, index) => ({
    index,
    op: opOf(step),
    line: typeof step === 'object' && step !== null ? lineOf(step) : undefined,
  }));
  const steps = given.map((step, index) => readStep(step, places[index]!));
  checkNames(steps, places);
  return { title: title ?? UNTITLED, profile, steps, source: value };
}

function readHead(
  value: unknown,
): Pick<Script, 'profile'> & { title?: string | undefined; steps: unknown[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new LabError('usage', 'the file holds no JSON object', HEAD_HINT);
  }
  const parsed = scriptHeadSchema.safeParse(value);
  if (!parsed.success) {
    const { issues } = parsed.error;
    const first = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
    if (first?.path[0] === 'profile') {
      // Says it in a profile's own words.
      resolveProfile((value as { profile?: unknown }).profile);
    }
    throw new LabError('usage', issueWords(issues, value), HEAD_HINT);
  }
  const { title, profile, steps } = parsed.data;
  if (steps.length > SCRIPT_LIMITS.steps) {
    throw new LabError(
      'usage',
      `${steps.length} steps are too many`,
      `use at most ${SCRIPT_LIMITS.steps}; a fill binds many sockets in one`,
    );
  }
  return { title, profile, steps };
}

function opOf(step: unknown): string {
  if (typeof step !== 'object' || step === null || !Object.hasOwn(step, 'op')) return 'no op';
  const { op } = step as { op: unknown };
  return typeof op === 'string' ? op.replaceAll(/\p{Cc}/gu, ' ').slice(0, 40) : 'no op';
}

function readStep(value: unknown, place: StepPlace): Step {
  const known = Object.keys(STEP_SCHEMAS).join(', ');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw stepError('usage', place, 'it is no JSON object', `write {"op": …}, op one of: ${known}`);
  }
  const op = Object.hasOwn(value, 'op') ? (value as { op: unknown }).op : undefined;
  if (typeof op !== 'string' || !Object.hasOwn(STEP_SCHEMAS, op)) {
    const what = op === undefined ? 'field "op" is missing' : `unknown op ${shown(op)}`;
    throw stepError('usage', place, what, `ops are: ${known}`);
  }
  const parsed = STEP_SCHEMAS[op as StepOp].safeParse(value);
  if (parsed.success) return parsed.data;
  throw stepError(
    'usage',
    place,
    issueWords(parsed.error.issues, value),
    `${op} takes: ${fieldsOf(op as StepOp).replace('op, ', '')}`,
  );
}
