import { describe, expect, it } from 'vitest';
import { Holdings } from '#engine/analysis/holdings.ts';
import { exhaustionCodes } from '#engine/claim/evidence.ts';
import { NULL_SINK } from '#engine/event/event-sink.ts';
import { EXPERIMENTS, parseParameters } from '#engine/experiment/catalogue.ts';
import type { Experiment, ExperimentContext } from '#engine/experiment/experiment.ts';
import { fullExperiment } from '#engine/experiment/full/full-experiment.ts';
import { commonParameters, type CommonParameters } from '#engine/experiment/parameters.ts';
import { MAX_SECONDS, resolveLimits } from '#engine/experiment/safety.ts';
import { namedProfile } from '#engine/profile/resolve-profile.ts';
import { ownerOf } from '#engine/stack/simulated-owner.ts';
import { createSimulatedStack } from '#engine/stack/simulated-stack.ts';
import { judgeParts, type JudgedParts } from '#engine/verdict/judge-parts.ts';
import { mergeAnswers } from '#engine/verdict/merge-answers.ts';
import type { Answer } from '#engine/run/run-document.ts';
import type { FullEvidence, PartEvidence } from '#engine/claim/rules/full-evidence.ts';
import { runOnModel, type SimulatedCase } from '../simulated-lab.ts';

const RANGE = { start: 50_000, count: 255 };
const PROFILE: SimulatedCase['profile'] = {
  dynamicRanges: { tcp4: RANGE, tcp6: RANGE, udp4: RANGE, udp6: RANGE },
  addresses: [
    { address: '10.0.0.1', adapter: 'a' },
    { address: '10.0.0.2', adapter: 'b' },
    { address: '10.0.0.3', adapter: 'b' },
  ],
};

/** No parts of it: itself, and what verifies one need's plan. */
const APART: readonly string[] = ['full', 'verify-plan'];

describe('a full run', () => {
  it('runs every experiment, the safe ones first, and puts their claims together', async () => {
    const end = await runOnModel({ experiment: 'full', exhaustive: true, profile: PROFILE });
    expect(end.open).toBe(0);
    const ids = end.parts.map(({ id }) => id);
    for (const { id } of EXPERIMENTS) expect(ids.includes(id), id).toBe(!APART.includes(id));
    const safe = ids.map((id) => EXPERIMENTS.find((one) => one.id === id)?.safe);
    expect(safe).toEqual(safe.toSorted((a, b) => Number(b) - Number(a)));
    expect(end.parts.filter(({ status }) => status === 'failed')).toEqual([]);
    const of = (id: string): string[] =>
      end.claims.filter((claim) => claim.id === id).map(({ outcome }) => outcome);
    expect(of('PS-2')).toContain('confirmed');
    // Starvation on two addresses, mixed load on all three.
    expect(of('PS-5')).toEqual(['confirmed', 'confirmed']);
    expect(end.claims.filter(({ outcome }) => outcome === 'untested')).toEqual([]);
    expect(end.sentence).toMatch(/^\d+ of \d+ claims confirmed \(.*PS-5.*\), \d+ refuted/);
  });

  it('numbers arms over all parts, and keeps their measures apart', async () => {
    const { outcome, parts } = await runOnModel({
      experiment: 'full',
      exhaustive: true,
      profile: PROFILE,
    });
    expect(outcome.arms.map(({ index }) => index)).toEqual(outcome.arms.map((_, at) => at + 1));
    expect(parts.flatMap(({ arms }) => arms.map(({ index }) => index))).toEqual(
      outcome.arms.map(({ index }) => index),
    );
    expect(outcome.measures).toHaveProperty('sweep.held');
    expect(outcome.measures).toHaveProperty(['sweep.udp.held']);
    expect(outcome.measures).toHaveProperty(['capacity.udp.legacy.bound'], 255);
  });

  it('leaves out what may starve others unless it may, and says which and why', async () => {
    const end = await runOnModel({ experiment: 'full', profile: PROFILE });
    // Reserve: 80 % of 255 are kept free, so 51 may be held.
    expect(end.peakUnion).toBeLessThanOrEqual(51);
    for (const { id, status, verdict } of end.parts) {
      const safe = EXPERIMENTS.find((one) => one.id === id)?.safe;
      if (safe === true) continue;
      expect(status, id).toBe('refused');
      expect(verdict, id).toContain('--exhaust');
    }
    expect(end.claims.find(({ id }) => id === 'PS-5')?.outcome).toBe('untested');
    expect(end.sentence).toMatch(/ran to the end \(not run: .*starvation/);
  });

  it('leaves out the experiments it is told to, and knows all of them', async () => {
    const end = await runOnModel({
      experiment: 'full',
      profile: PROFILE,
      parameters: { without: 'time-wait, bind-matrix' },
    });
    const ids = end.parts.map(({ id }) => id);
    expect(ids).toContain('sweep');
    expect(ids).not.toContain('time-wait');
    expect(ids).not.toContain('bind-matrix');
    const full = EXPERIMENTS.find(({ id }) => id === 'full') as Experiment;
    expect(() => parseParameters(full, { without: 'time-weight' })).toThrow(/sweep, .*time-wait/);
  });

  it('lets every part take its own time', () => {
    const full = EXPERIMENTS.find(({ id }) => id === 'full') as Experiment;
    const others = EXPERIMENTS.filter(({ id }) => !APART.includes(id));
    const most = others.reduce((sum, { maxSeconds = MAX_SECONDS }) => sum + maxSeconds, 0);
    expect(full.maxSeconds).toBeGreaterThanOrEqual(most);
  });

  it('keeps the answers of the other protocol apart: a host may do otherwise there', async () => {
    const end = await runOnModel({
      experiment: 'full',
      exhaustive: true,
      profile: { ...PROFILE, base: 'wine-8' },
    });
    const ps1 = end.answers.filter(({ id }) => id === 'PS-1');
    expect(ps1.some(({ protocol, value }) => protocol === 'tcp' && value === 'per-address')).toBe(
      true,
    );
    for (const { value } of ps1.filter(({ protocol }) => protocol === 'udp')) {
      expect(value).toBe('one-range');
    }
    expect(end.claims.filter(({ id, outcome }) => id === 'PS-1' && outcome !== 'refuted')).toEqual(
      [],
    );
    expect(end.findings).toEqual([]);
  });
});

/** An experiment that binds three sockets and then does what it is told to. */
function part(then: (context: ExperimentContext<CommonParameters>) => void): Experiment {
  const one: Experiment<CommonParameters, 'capacity'> = {
    ...(EXPERIMENTS.find((known) => known.id === 'capacity') as Experiment<
      CommonParameters,
      'capacity'
    >),
    safe: true,
    run: async (context) => {
      const { stack, stage, addressIds } = context;
      stage.beginArm('legacy');
      await stage.window(true);
      const { first, bound } = stack.fill({
        protocol: 'tcp',
        family: 'ipv4',
        addresses: addressIds,
        from: 0,
        options: [],
        count: 3,
        budgetNs: 1e9,
      });
      then(context);
      stack.release(first, bound, 1e9);
      await stage.window(false);
      stage.endArm();
      return { arms: [], measures: { bound }, own: null };
    },
  };
  return one as unknown as Experiment;
}

async function runParts(
  parts: readonly Experiment[],
  maxSeconds = 100,
): Promise<{ parts: readonly PartEvidence[]; open: number; log: string[]; judged: JudgedParts }> {
  const profile = namedProfile('documented');
  const stack = createSimulatedStack({
    sink: NULL_SINK,
    profile,
    addresses: ['10.0.0.1', '10.0.0.2'],
    seed: 1,
  });
  const log: string[] = [];
  const stop: { reason: 'cancelled' | null } = { reason: null };
  const wishes = { reserve: undefined, maxSockets: undefined, maxSeconds, exhaustive: true };
  const limits = resolveLimits(wishes, 16_384, 16_384, true);
  let arms = 0;
  const outcome = await fullExperiment(parts).run({
    stack,
    parameters: { ...commonParameters.parse({}), without: '' },
    addresses: 2,
    addressIds: ['10.0.0.1', '10.0.0.2'].map((address) => stack.intern(address)),
    protocol: 'tcp',
    family: 'ipv4',
    owners: [ownerOf(stack, 0, { breathe: async () => {} })],
    range: profile.dynamicRanges.tcp4,
    autoReuseRange: null,
    otherPool: null,
    seed: 1,
    holdings: new Holdings(),
    limits,
    usable: 16_384,
    exhaustion: exhaustionCodes(false),
    holdSeconds: 0,
    stop,
    breathe: async () => {},
    wait: async (seconds) => {
      stack.advance(seconds * 1e9);
      if (seconds === 0) stop.reason = 'cancelled';
    },
    stage: {
      beginArm: () => ++arms,
      peak: () => {},
      phase: () => {},
      endArm: () => log.push('endArm'),
      window: async (open) => void log.push(`window ${open}`),
      progress: () => {},
    },
  });
  const own = outcome.own as FullEvidence;
  // Each has a twin for the other pool, which this run does not have.
  const ours = own.parts.filter(({ parameters }) => parameters['protocol'] === 'tcp');
  const judged = judgeParts(ours, {
    basis: 'modelled',
    profile: 'documented',
    protocol: 'tcp',
    family: 'ipv4',
    exhaustion: exhaustionCodes(false),
    edition: 'server',
    adapterOf: () => undefined,
  });
  return { parts: ours, open: stack.open, log, judged };
}

describe('a part of a full run', () => {
  it('that throws fails alone: its sockets, arm and window are closed, and the next one goes on', async () => {
    const broken = part(() => {
      throw new Error('a probe died');
    });
    const { parts, open, log, judged } = await runParts([broken, part(() => {})]);
    expect(parts.map(({ status, why }) => [status, why])).toEqual([
      ['failed', 'a probe died'],
      ['complete', null],
    ]);
    expect(open).toBe(0);
    expect(log).toEqual([
      'window true',
      'endArm',
      'window false',
      'window true',
      'window false',
      'endArm',
    ]);
    expect(judged.findings[0]?.text).toContain('a probe died');
  });

  it('that leaves sockets open fails, and they are closed', async () => {
    const leaky = part(({ stack }) => stack.socket('tcp', 'ipv4'));
    const { parts, open } = await runParts([leaky]);
    expect(parts[0]).toMatchObject({ status: 'failed', why: 'it left sockets open', own: null });
    expect(open).toBe(0);
  });

  it('is not begun when the run was ended, or its time is up', async () => {
    const stopping = part(({ wait }) => void wait(0));
    const stopped = await runParts([stopping, part(() => {})]);
    expect(stopped.parts.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    const slow = part(({ stack }) =>
      (stack as ReturnType<typeof createSimulatedStack>).advance(101e9),
    );
    const late = await runParts([slow, part(() => {})]);
    expect(late.parts.map(({ status }) => status)).toEqual(['complete', 'refused']);
    expect(late.parts[1]?.why).toContain('--max-seconds');
  });
});

describe('answers of several experiments', () => {
  const answer = (value: string, more: Partial<Answer> = {}): Answer => ({
    id: 'A2',
    value,
    basis: 'measured',
    addressClass: 'same-nic',
    protocol: 'tcp',
    family: 'ipv4',
    because: `it was ${value}`,
    ...more,
  });

  it('are kept once where they agree, and apart where they are about something else', () => {
    const other = answer('allowed', { protocol: 'udp' });
    const { answers, findings } = mergeAnswers([answer('blocked'), answer('blocked'), other]);
    expect(answers).toEqual([answer('blocked'), other]);
    expect(findings).toEqual([]);
  });

  it('are all dropped where they contradict each other, and that is said', () => {
    const { answers, findings } = mergeAnswers([
      answer('blocked'),
      answer('blocked'),
      answer('allowed'),
    ]);
    expect(answers).toEqual([]);
    expect(findings.map(({ severity }) => severity)).toEqual(['warning']);
    expect(findings[0]?.text).toContain('it was blocked');
    expect(findings[0]?.text).toContain('it was allowed');
  });
});
