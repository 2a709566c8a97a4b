import type { CallInput } from '#engine/api/contract.ts';

/** What a plan starts from: a profile of the lab's, this host, or a recorded run; as the choice's value. */
export type StartKey = 'host' | `profile:${string}` | `run:${string}`;

export function isStartKey(text: string): text is StartKey {
  return text === 'host' || /^(?:profile|run):./.test(text);
}

export function profileStart(name: string): StartKey {
  return `profile:${name}`;
}

export function runStart(id: string): StartKey {
  return `run:${id}`;
}

/** As the service is asked for it. @param fresh a host is read anew */
export function startInput(start: StartKey, fresh: boolean): CallInput<'planStart'> {
  if (start === 'host') return { from: 'host', fresh };
  const name = start.slice(start.indexOf(':') + 1);
  return start.startsWith('run:') ? { run: name } : { profile: name };
}
