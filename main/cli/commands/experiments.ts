import { Command } from 'commander';
import { z } from 'zod';
import { EXPERIMENTS } from '#engine/experiment/catalogue.ts';
import type { Experiment } from '#engine/experiment/experiment.ts';
import { commonParameters } from '#engine/experiment/parameters.ts';
import type { Console } from '../console.ts';
import { wrapped } from '../wrapped.ts';

export function experimentsCommand(out: Console): Command {
  return new Command('experiments')
    .description('The experiments there are, what each shows, and its parameters')
    .action(() => {
      out.result({ experiments: EXPERIMENTS.map(describe) }, () =>
        [...EXPERIMENTS.map((experiment) => entry(experiment, out)), commonEntry(out)].join('\n\n'),
      );
    });
}

function entry(experiment: Experiment, out: Console): string {
  const { id, safe, safeUnlessAsked, summary, costs, risks, claims } = experiment;
  const kind = safe
    ? 'safe'
    : safeUnlessAsked === true
      ? 'safe; with --exhaust all'
      : 'down to the reserve; exhaustive with --exhaust';
  const settles = claims.length === 0 ? '' : ` · settles ${claims.join(', ')}`;
  return [
    `${out.bold(id)}  ${kind}${settles}`,
    ...[summary, `Takes: ${costs}`, `Risks: ${risks}`].map((text) => wrapped(text, 2)),
    ...parameterLines(experiment.parameters, (name) => !COMMON.has(name)),
  ].join('\n');
}

function commonEntry(out: Console): string {
  return [`${out.bold('all of them')}  take`, ...parameterLines(commonParameters, () => true)].join(
    '\n',
  );
}

const COMMON: ReadonlySet<string> = new Set(Object.keys(commonParameters.shape));

function parameterLines(parameters: z.ZodType, wanted: (name: string) => boolean): string[] {
  const { properties = {} } = z.toJSONSchema(parameters, { io: 'input' });
  return Object.entries(properties)
    .filter(([name]) => wanted(name))
    .map(([name, schema]) => `    --set ${parameterLine(name, schema)}`);
}

function describe({ id, safe, title, parameters, claims }: (typeof EXPERIMENTS)[number]) {
  return { id, safe, title, parameters: z.toJSONSchema(parameters, { io: 'input' }), claims };
}

function parameterLine(name: string, schema: unknown): string {
  const { description, default: preset } = schema as { description?: string; default?: unknown };
  return `${`${name}=${String(preset)}`.padEnd(18)} ${description ?? ''}`;
}
