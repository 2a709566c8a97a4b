import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXPERIMENTS } from '#engine/experiment/catalogue.ts';
import { DEFAULT_ASSUMPTIONS } from '#engine/profile/assumptions.ts';
import type { LearnedProfile } from '#engine/profile/learn-profile.ts';
import { namedProfile } from '#engine/profile/resolve-profile.ts';
import { WINE_8 } from '#engine/profile/wine-profile.ts';
import { runDocumentSchema, type ClaimResult, type RunDocument } from '#engine/run/run-document.ts';
import { learnFrom } from '#main/service/learn.ts';
import { modelTrack } from '#main/service/model-track.ts';
import { withLibrary } from '#main/service/storage.ts';
import { runOnModel, type SimulatedCase } from '../engine/experiment/simulated-lab.ts';
import { CLAIMS, CLAIMS_IN_ALL, DIVERGENCES, DIVERGENCES_OF_OWN } from './expected-of-wine.ts';
import { inNamespace } from './in-namespace.ts';
import { describeWine } from './lane.ts';
import type { FullReport } from './namespace/watch-full.ts';

const TEST_MS = 420_000;
/** Settles nothing, and waits minutes for TIME_WAIT twice: only with full counts. */
const WITHOUT = process.env['PORTLAB_DEEP'] === '1' ? [] : ['churn'];
const cwd = mkdtempSync(join(tmpdir(), 'portlab-wine-test-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

interface Ran {
  readonly folder: string;
  readonly report: FullReport;
  readonly document: RunDocument;
}

async function runFull(product: string, ...more: string[]): Promise<Ran> {
  const folder = join(cwd, product);
  mkdirSync(folder);
  const report = await inNamespace<FullReport>('watch-full', [folder, product, ...more], TEST_MS);
  expect(report.exit, report.stderr).toBe(0);
  const text = readFileSync(join(folder, 'full.json'), 'utf8');
  // Where it is cut off: how much of it there is, and what was said.
  const { length } = text;
  expect({ length, end: text.slice(-80), stderr: report.stderr }).toMatchObject({
    end: expect.stringMatching(/\}\n$/) as string,
  });
  return { folder, report, document: runDocumentSchema.parse(JSON.parse(text)) };
}

function outcomes(claims: readonly ClaimResult[]): Record<string, string> {
  return Object.fromEntries(claims.map(({ id, outcome }) => [id, outcome]));
}

/** Those that must come up and did not, and those that did and are not known. */
function surprises(
  document: RunDocument['model'],
  known: typeof DIVERGENCES,
): { readonly missing: string[]; readonly unknown: string[] } {
  const kinds = new Set(document?.divergences.map(({ kind }) => kind));
  const always = Object.entries(known).flatMap(([kind, { sometimes }]) =>
    sometimes ? [] : [kind],
  );
  return {
    missing: always.filter((kind) => !kinds.has(kind)),
    unknown: [...kinds].filter((kind) => !(kind in known)),
  };
}

/** The learned profile file, as a program would read it back. */
function posed({ file }: LearnedProfile): SimulatedCase['profile'] {
  return JSON.parse(JSON.stringify(file)) as SimulatedCase['profile'];
}

/** What holds of every full run there, whatever it poses as. */
function itIsWhatIsKnown(ran: () => Ran, without: readonly string[]): void {
  it('ends with a verdict on every experiment, and none failed', () => {
    const { document } = ran();
    expect(document.run.status).toBe('complete');
    expect(document.run.host.wine).not.toBeNull();
    const parts = document.experiments ?? [];
    for (const { id } of EXPERIMENTS) {
      const is = parts.some((part) => part.id === id);
      expect(is, id).toBe(!['full', 'verify-plan', ...without].includes(id));
    }
    for (const { id, status, verdict } of parts) {
      expect(verdict, id).not.toBe('');
      // All addresses are loopback ones: of no adapter.
      expect(status, id).toBe(id === 'same-adapter' ? 'refused' : 'complete');
    }
    expect(document.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('claims what is known of Wine, and nothing as measured', () => {
    const { document } = ran();
    expect(outcomes(document.claims)).toEqual(CLAIMS_IN_ALL);
    for (const { id, parameters, claims } of document.experiments ?? []) {
      const name = `${id} ${String(parameters['protocol'])}`;
      expect(outcomes(claims), name).toEqual(CLAIMS[name] ?? {});
    }
    const all = [...document.claims, ...(document.experiments ?? []).flatMap((one) => one.claims)];
    expect(all.filter(({ basis }) => basis !== 'wine')).toEqual([]);
    expect(document.verdict).toMatch(/^Wine, not Windows: /);
  });

  it('differs from the documented behaviour in what is known of Wine', () => {
    expect(surprises(ran().document.model, DIVERGENCES)).toEqual({ missing: [], unknown: [] });
  });

  it('differs from the profile of Wine in nothing a switch could say', async () => {
    const { folder, document } = ran();
    const file = join(folder, 'full.labdb');
    const own = await modelTrack(file, document.run.id, document, namedProfile('wine-8'));
    expect(own?.compared).toBeGreaterThan(100_000);
    expect(surprises(own, DIVERGENCES_OF_OWN)).toEqual({ missing: [], unknown: [] });
    const count = own?.divergences.reduce((sum, one) => sum + one.count, 0) ?? Infinity;
    expect(count / (own?.compared ?? 1)).toBeLessThan(0.01);
  });

  it('leaves nothing: no process, no port, no socket', () => {
    const { report, document } = ran();
    expect(report).toMatchObject({ processesLeft: [], portsLeft: 0 });
    expect(report).toMatchObject({ programsLeft: [], socketsLeft: [] });
    expect(document.safety).toMatchObject({ exhaustive: true, openAfter: 0 });
    // Sixteen of its ballast, and one to listen on.
    expect(document.measures['guard.ports']).toBe(17);
    expect(document.findings.map(({ id }) => id)).toContain('guard-ports');
  });
}

describeWine('a full run on real sockets, posing as a workstation', () => {
  let ran: Ran;
  let learned: LearnedProfile;
  beforeAll(async () => {
    ran = await runFull('workstation', '--set', `without=${WITHOUT.join(',')}`);
    learned = withLibrary(join(ran.folder, 'full.labdb'), (library) =>
      learnFrom(library, [ran.document.run.id]),
    );
  }, TEST_MS);

  itIsWhatIsKnown(() => ran, WITHOUT);

  it('teaches every switch of the profile of Wine, and no other', () => {
    const values = Object.fromEntries(learned.learned.map(({ id, value }) => [id, value]));
    const known = Object.entries(WINE_8.switches).map(([id, { value }]) => [id, value]);
    expect(values).toMatchObject(Object.fromEntries(known));
    const others = Object.entries(values).filter(([id]) => !(id in WINE_8.switches));
    for (const [id, value] of others) {
      expect(value, id).toBe((DEFAULT_ASSUMPTIONS as Record<string, string>)[id]);
    }
    expect(learned.open).toEqual([]);
    expect(learned.from.basis).toBe('wine');
  });

  describe('learned from, and posed as by the model', () => {
    it.each([
      ['sweep', 'tcp'],
      ['sweep', 'udp'],
      ['capacity', 'tcp'],
      ['capacity', 'udp'],
    ] as const)('%s over %s comes out as it did there', async (experiment, protocol) => {
      const { claims } = await runOnModel({
        experiment,
        exhaustive: true,
        profile: { ...posed(learned), addresses: ['127.0.0.2', '127.0.0.3'] },
        parameters: { protocol },
      });
      const there = CLAIMS[`${experiment} ${protocol}`];
      for (const id of ['PS-1', 'PS-2']) expect(outcomes(claims)[id], id).toBe(there?.[id]);
    });
  });
});

describeWine('a full run on real sockets, posing as a server', () => {
  // What waits for TIME_WAIT, minutes of it, is the same in both.
  const without = ['time-wait', 'churn'];
  let ran: Ran;
  beforeAll(async () => {
    ran = await runFull('server', '--set', `without=${without.join(',')}`);
  }, TEST_MS);

  itIsWhatIsKnown(() => ran, without);

  it('says that it posed as one', () => {
    expect(ran.document.run.host.os.productType).toBe('server');
  });
});
