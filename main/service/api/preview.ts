import type { RunWish } from '#engine/api/run-wish.ts';
import type { ExperimentView, Preview } from '#engine/api/views.ts';
import { CLAIM_TEXTS } from '#engine/claim/claims.ts';
import { EXPERIMENTS } from '#engine/experiment/catalogue.ts';
import { z } from 'zod';
import { monitoringText } from '../monitoring-text.ts';
import { planWords } from '../plan-words.ts';
import { prepareRun, type PreparedRun } from '../prepare.ts';
import { commandOf } from '../run-request.ts';
import type { HostDesk } from './host-desk.ts';
import { requestOf } from './run-request-of.ts';

/** What a run would take and risk. @throws LabError usage or refused, as preparing it does */
export async function previewOf(wish: RunWish, desk: HostDesk): Promise<Preview> {
  const reading = await desk.reading(wish.stack);
  const request = requestOf(wish);
  const prepared = await prepareRun(request, reading, desk.pool);
  // Whether only the typed name is missing: then it is asked for, and nothing is refused.
  const confirmed = await prepareRun(
    { ...request, confirm: reading.host.hostname },
    reading,
    desk.pool,
  );
  const gated = prepared.refusal !== null && confirmed.refusal === null;
  return viewOf(prepared, gated);
}

function viewOf(prepared: PreparedRun, gated: boolean): Preview {
  const { experiment, host, profile, refusal, request, addresses, seed } = prepared;
  const { takes, risks } = planWords(prepared);
  const { confirm: _confirm, ...asked } = request;
  return {
    experiment: experiment.id,
    title: experiment.title,
    stack: host.stack,
    why: host.why,
    basis: prepared.basis,
    hostname: host.hostname,
    profile: profile?.name ?? null,
    addresses,
    addressClass: prepared.addressClass,
    parameters: { ...prepared.parameters },
    plan: prepared.plan,
    limits: prepared.limits,
    usable: prepared.usable,
    othersUnknown: prepared.othersUnknown,
    words: takes,
    risks,
    monitoring: monitoringText(prepared),
    refusal: gated ? null : refusal,
    gate: gated && refusal !== null ? { hostname: host.hostname, message: refusal.message } : null,
    command: commandOf(
      { ...asked, confirm: gated ? host.hostname : undefined },
      { stack: host.stack, addresses, seed },
    ),
  };
}

export function experimentViews(): ExperimentView[] {
  return EXPERIMENTS.map((experiment) => ({
    id: experiment.id,
    title: experiment.title,
    summary: experiment.summary,
    costs: experiment.costs,
    risks: experiment.risks,
    safe: experiment.safe,
    parameters: z.toJSONSchema(experiment.parameters, { io: 'input' }),
    claims: experiment.claims.map((id) => ({ id, says: CLAIM_TEXTS[id] ?? '' })),
    minAddresses: experiment.minAddresses,
    maxAddresses: Number.isFinite(experiment.maxAddresses) ? experiment.maxAddresses : null,
  }));
}
