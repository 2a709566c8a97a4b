import type { RunDocument } from './run-document.ts';
import { isScriptRun } from './run-words.ts';

/**
 * A run's parameters for reading. A script's steps are told with their answers elsewhere; where they
 * are not (the run never ended) each has a line, as it was written: a row a field would be pages. An
 * imported run may hold anything here, and what is no script stays as it is.
 */
export function readableParameters({
  run,
  parameters,
  steps: answered,
}: Pick<RunDocument, 'run' | 'parameters' | 'steps'>): Readonly<Record<string, unknown>> {
  const { script } = parameters;
  if (!isScriptRun(run) || !isRecord(script) || !Array.isArray(script['steps'])) return parameters;
  const { $schema: _forEditors, steps, ...rest } = script;
  if (answered !== undefined) return { ...parameters, script: { ...rest, steps: steps.length } };
  const lines = (steps as readonly unknown[]).map((step) => JSON.stringify(step) ?? 'null');
  return { ...parameters, script: { ...rest, step: { ...lines } } };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
