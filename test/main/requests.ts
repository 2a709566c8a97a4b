import type { RunRequest } from '#main/service/run-request.ts';
import type { ScriptRequest } from '#main/service/script/script-request.ts';

const NOTHING_ASKED = {
  stack: 'auto',
  profile: undefined,
  reserve: undefined,
  maxSeconds: undefined,
  exhaustive: false,
  confirm: undefined,
  onlyBetween: undefined,
  seed: 1,
  ffi: 'koffi',
  title: undefined,
  tags: [],
} as const;

/** A request for `capacity` that asks for nothing but what is said. */
export function runRequest(asked: Partial<RunRequest> = {}): RunRequest {
  return {
    ...NOTHING_ASKED,
    experiment: 'capacity',
    addresses: undefined,
    parameters: {},
    maxSockets: undefined,
    holdSeconds: 0,
    ...asked,
  };
}

/** A request for a script that asks for nothing but what is said. */
export function scriptRequest(
  asked: Partial<ScriptRequest> & Pick<ScriptRequest, 'script'>,
): ScriptRequest {
  return { ...NOTHING_ASKED, file: 'a.json', ...asked };
}
