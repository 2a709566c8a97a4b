import type { RunWishInput } from '#engine/api/run-wish.ts';
import type { FormState } from './form-state.ts';

/** A wish as the form that says it. @param form what stands where the wish says nothing */
export function proposedForm(form: FormState, wish: RunWishInput): FormState {
  const { stack, profile, addresses, parameters, reserve, exhaustive, title } = wish;
  const { maxSockets, maxSeconds, seed } = wish;
  return {
    ...form,
    ...(stack !== undefined && { stack }),
    ...(profile !== undefined && profileOf(profile)),
    ...(addresses === undefined
      ? { source: 'profile' as const }
      : { source: 'typed' as const, typed: addresses.join(', ') }),
    ...(parameters !== undefined && { parameters }),
    ...(reserve !== undefined && reserveOf(reserve)),
    ...(exhaustive !== undefined && { exhaustive }),
    ...(maxSockets !== undefined && { maxSockets: String(maxSockets) }),
    ...(maxSeconds !== undefined && { maxSeconds: String(maxSeconds) }),
    ...(seed !== undefined && { seed: String(seed) }),
    ...(title !== undefined && { title }),
  };
}

function profileOf(
  profile: NonNullable<RunWishInput['profile']>,
): Pick<FormState, 'profile' | 'ownProfile'> {
  return typeof profile === 'string'
    ? { profile, ownProfile: null }
    : { profile: profile.file, ownProfile: profile };
}

function reserveOf(
  reserve: NonNullable<RunWishInput['reserve']>,
): Pick<FormState, 'reserveKind' | 'reserve'> {
  return reserve.kind === 'number'
    ? { reserveKind: 'number', reserve: String(reserve.ports) }
    : { reserveKind: 'percent', reserve: String(reserve.percent) };
}
