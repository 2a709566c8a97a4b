import type { RunWish } from '#engine/api/run-wish.ts';
import { parseTimeWindow } from '#engine/experiment/time-window.ts';
import type { RunRequest } from '../run-request.ts';

/**
 * A wish from the wire as the request the console makes of the same words.
 * @throws LabError usage for a part of the day that is none
 */
export function requestOf(wish: RunWish): RunRequest {
  return {
    experiment: wish.experiment,
    stack: wish.stack,
    addresses: wish.addresses,
    profile: wish.profile,
    parameters: wish.parameters,
    reserve: wish.reserve,
    maxSockets: wish.maxSockets,
    maxSeconds: wish.maxSeconds,
    exhaustive: wish.exhaustive,
    confirm: wish.confirm,
    onlyBetween: wish.onlyBetween === undefined ? undefined : parseTimeWindow(wish.onlyBetween),
    holdSeconds: wish.holdSeconds,
    seed: wish.seed,
    ffi: wish.ffi,
    title: wish.title,
    tags: wish.tags,
  };
}
