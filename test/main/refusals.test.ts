import { describe, expect, test } from 'vitest';
import { parseTimeWindow } from '#engine/experiment/time-window.ts';
import type { HostFacts } from '#engine/model/host-facts.ts';
import { parseScript } from '#engine/script/parse-script.ts';
import { prepareRun } from '#main/service/prepare.ts';
import { commandOf, type RunRequest } from '#main/service/run-request.ts';
import { prepareScript } from '#main/service/script/prepare-script.ts';
import { scriptCommandOf, type ScriptRequest } from '#main/service/script/script-request.ts';
import { sampleHost } from './host-sample.ts';
import { runRequest, scriptRequest } from './requests.ts';

const NOON = (): Date => new Date(2026, 0, 15, 12, 0);
const UNKNOWN = { tcp4: null, tcp6: null, udp4: null, udp6: null };
const POOL = async () => ({ usable: 16_384, freeOnAll: 16_384, othersUnknown: false });

async function refusal(
  asked: Partial<RunRequest>,
  host: Partial<HostFacts> = {},
): Promise<string | null> {
  const reading = { host: sampleHost(host), ffi: null, unavailable: 'not here' };
  const pool = host.dynamicRanges === undefined ? POOL : undefined;
  const prepared = await prepareRun(runRequest(asked), reading, pool, NOON);
  return prepared.refusal === null ? null : `${prepared.refusal.message}; ${prepared.refusal.hint}`;
}

function fillRequest(asked: Partial<ScriptRequest>, count = 15_000): ScriptRequest {
  const steps = [{ op: 'fill', as: 'f', address: '10.0.0.1', count }];
  const script = parseScript(JSON.stringify({ portlab: 'script/1', steps }));
  return scriptRequest({ script, ...asked });
}

async function scriptRefusal(
  asked: Partial<ScriptRequest>,
  host: Partial<HostFacts>,
  count?: number,
): Promise<string | null> {
  const reading = { host: sampleHost(host), ffi: null, unavailable: 'not here' };
  const prepared = await prepareScript(fillRequest(asked, count), reading, POOL, NOON);
  return prepared.refusal?.message ?? null;
}

const CONFIRMED = { exhaustive: true, confirm: 'SAMPLE-1' } as const;

describe('on a host with a protected role', () => {
  test.each([
    ['domain-controller', /SAMPLE-1 is a domain controller .*logons.*no run may exhaust/],
    ['dns-server', /SAMPLE-1 is a DNS server/],
    ['cluster-node', /SAMPLE-1 is a node of a failover cluster/],
    ['hyper-v-host', /SAMPLE-1 is a Hyper-V host/],
  ])('%s: no exhaustive run, the host’s name typed or not', async (role, reason) => {
    expect(await refusal(CONFIRMED, { roles: [role] })).toMatch(reason);
    // Before it asks for the name: typing it would help nothing.
    expect(await refusal({ exhaustive: true }, { roles: [role] })).toMatch(reason);
    expect(await refusal(CONFIRMED, { roles: [role] })).toMatch(/policy/);
  });

  test('several roles are all named', async () => {
    const said = await refusal(CONFIRMED, { roles: ['domain-controller', 'dns-server'] });
    expect(said).toMatch(/a domain controller \(.*\) and a DNS server \(/);
  });

  test('Wine is no exception', async () => {
    const wine = { wine: '8.0', roles: ['dns-server'], dynamicRanges: UNKNOWN };
    expect(await refusal({ exhaustive: true }, wine)).toMatch(/a DNS server/);
    // It could starve the host without --exhaust too: nobody knows where the reserve is.
    expect(await refusal({}, wine)).toMatch(/a DNS server/);
    expect(await refusal({}, { ...wine, roles: [] })).toBeNull();
  });

  test('what keeps a reserve runs, and so does a safe experiment', async () => {
    expect(await refusal({}, { roles: ['dns-server'] })).toBeNull();
    const sweep = { experiment: 'sweep', exhaustive: true };
    expect(await refusal(sweep, { roles: ['domain-controller'] })).toBeNull();
    const unknown = { roles: ['domain-controller'], dynamicRanges: UNKNOWN };
    expect(await refusal({ experiment: 'sweep' }, unknown)).toBeNull();
  });

  test('the simulated stack is exempt: it takes no port', async () => {
    const host = { roles: ['domain-controller'], stack: 'simulated' as const };
    expect(await refusal({ exhaustive: true }, host)).toBeNull();
    expect(await scriptRefusal({}, host)).toBeNull();
  });

  test('a script that may go below the reserve is refused, one that can’t is not', async () => {
    const host = { roles: ['cluster-node'] };
    const may = { exhaustive: true, confirm: 'SAMPLE-1' };
    expect(await scriptRefusal(may, host)).toMatch(/failover cluster/);
    expect(await scriptRefusal({}, { ...host, wine: '8.0' })).toMatch(/failover cluster/);
    expect(await scriptRefusal({}, host, 100)).toBeNull();
    expect(await scriptRefusal(may, {})).toBeNull();
  });

  test('a host whose roles could not be read may be anything', async () => {
    expect(await refusal(CONFIRMED, { roles: null })).toMatch(/could not be read/);
    expect(await refusal({}, { roles: null })).toBeNull();
  });
});

describe('--only-between', () => {
  const night = parseTimeWindow('22:00-05:30');
  const day = parseTimeWindow('11:30-12:01');

  test('outside it nothing starts, and the window and the time are named', async () => {
    const said = await refusal({ onlyBetween: night });
    expect(said).toMatch(/22:00-05:30.*12:00.*22:00 or later/);
    expect(await refusal({ onlyBetween: night, experiment: 'sweep' })).toBe(said);
    expect(await refusal({ onlyBetween: night }, { stack: 'simulated' })).toBe(said);
    expect(await scriptRefusal({ onlyBetween: night }, {}, 10)).toMatch(/22:00-05:30/);
  });

  test('inside it changes nothing', async () => {
    expect(await refusal({ onlyBetween: day })).toBeNull();
    expect(await refusal({ ...CONFIRMED, onlyBetween: day })).toBeNull();
    expect(await refusal({ exhaustive: true, onlyBetween: day })).toMatch(/--confirm/);
    expect(await scriptRefusal({ onlyBetween: day }, {}, 10)).toBeNull();
  });

  test('is named after the role, and before the confirmation', async () => {
    const role = await refusal({ exhaustive: true, onlyBetween: night }, { roles: ['dns-server'] });
    expect(role).toMatch(/DNS/);
    expect(await refusal({ exhaustive: true, onlyBetween: night })).toMatch(/22:00/);
  });

  test('is part of the command that repeats the run', () => {
    const made = { stack: 'winsock', addresses: ['10.0.0.1'], seed: 1 };
    expect(commandOf(runRequest({ onlyBetween: night }), made)).toContain(
      ' --only-between 22:00-05:30',
    );
    expect(commandOf(runRequest({}), made)).not.toContain('only-between');
    expect(scriptCommandOf(fillRequest({ onlyBetween: night }), made)).toContain(
      ' --only-between 22:00-05:30',
    );
  });
});
