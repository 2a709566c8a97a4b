import { DEFAULT_ASSUMPTIONS, listSwitches } from '#engine/profile/assumptions.ts';
import type { Answer } from '#engine/run/run-document.ts';

const NAMES: ReadonlyMap<string, string> = new Map(
  listSwitches(DEFAULT_ASSUMPTIONS).map(({ id, name }) => [id, name]),
);

/** What a run says of the model's open questions, a line each; `portlab profiles learn` takes them up. */
export function answersText(answers: readonly Answer[]): string {
  return answers
    .map(({ id, value, protocol, family, because }) => {
      const name = NAMES.get(id) ?? '';
      const title = name === '' || name === id ? id : `${id} ${name}`;
      const pool = `${protocol.toUpperCase()}, ${family === 'ipv4' ? 'IPv4' : 'IPv6'}`;
      return `${title} = ${value} (${pool}): ${because}`;
    })
    .join('\n');
}
