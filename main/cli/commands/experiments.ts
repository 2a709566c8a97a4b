import { Command } from 'commander';
import { z } from 'zod';
import { EXPERIMENTS } from '#engine/experiment/catalogue.ts';
import type { Console } from '../console.ts';

export function experimentsCommand(out: Console): Command {
  return new Command('experiments')
    .description('The experiments there are, what each shows, and its parameters')
    .action(() => {
      out.result({ experiments: EXPERIMENTS.map(describe) }, () =>
        EXPERIMENTS.map((experiment) => {
          const { id, safe, summary, claims } = experiment;
          const parameters = Object.entries(describe(experiment).parameters.properties ?? {}).map(
            ([name, schema]) => `    --set ${parameterLine(name, schema)}`,
          );
          return [
            `${out.bold(id)}  ${safe ? 'safe' : 'down to the reserve; exhaustive with --exhaust'} · settles ${claims.length === 0 ? 'no claim' : claims.join(', ')}`,
            `  ${summary}`,
            ...parameters,
          ].join('\n');
        }).join('\n\n'),
      );
    });
}

function describe({ id, safe, title, parameters, claims }: (typeof EXPERIMENTS)[number]) {
  return { id, safe, title, parameters: z.toJSONSchema(parameters, { io: 'input' }), claims };
}

function parameterLine(name: string, schema: unknown): string {
  const { description, default: preset } = schema as { description?: string; default?: unknown };
  return `${`${name}=${String(preset)}`.padEnd(18)} ${description ?? ''}`;
}
