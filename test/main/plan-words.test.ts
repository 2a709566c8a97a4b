import { describe, expect, test } from 'vitest';
import { parseTimeWindow } from '#engine/experiment/time-window.ts';
import type { HostFacts } from '#engine/model/host-facts.ts';
import { monitoringText } from '#main/service/monitoring-text.ts';
import { planWords } from '#main/service/plan-words.ts';
import { prepareRun, type PreparedRun } from '#main/service/prepare.ts';
import type { RunRequest } from '#main/service/run-request.ts';
import { sampleHost } from './host-sample.ts';
import { runRequest } from './requests.ts';

const AFTERNOON = (): Date => new Date(2026, 0, 15, 14, 5);
const UNKNOWN = { tcp4: null, tcp6: null, udp4: null, udp6: null };

function prepare(
  asked: Partial<RunRequest>,
  host: Partial<HostFacts> = {},
  freeOnAll: number | null = 16_384,
): Promise<PreparedRun> {
  return prepareRun(
    runRequest(asked),
    { host: sampleHost(host), ffi: null, unavailable: 'not here' },
    async () => ({ usable: freeOnAll, freeOnAll, othersUnknown: false }),
    AFTERNOON,
  );
}

describe('before an exhaustive run on a real host', () => {
  test('it is said how many ports others will have, how long, what may fail, and to keep a console', async () => {
    const { risks } = planWords(await prepare({ exhaustive: true }));
    expect(risks[0]).toMatch(
      /^Option-less applications will have no port for about \d+ s: new logons, LDAP, DNS and SMB may fail\.$/,
    );
    expect(risks[1]).toMatch(/console.*iLO.*iDRAC/);
  });

  test('with fewer sockets than the range has, the ports that are left are counted', async () => {
    const { risks } = planWords(await prepare({ exhaustive: true, maxSockets: 16_072 }));
    expect(risks[0]).toContain('will have 312 ports for');
  });

  test('a hold is part of how long', async () => {
    const short = await prepare({ exhaustive: true });
    const { risks } = planWords(await prepare({ exhaustive: true, holdSeconds: 30 }));
    expect(risks[0]).toContain(`for about ${short.plan.seconds + 30} s`);
  });

  test('an unknown range is said to be unknown, --exhaust or not', async () => {
    const { risks } = planWords(await prepare({}, { dynamicRanges: UNKNOWN }, null));
    expect(risks[0]).toMatch(/unknown number of ports, maybe none/);
  });
});

test('where the reserve is kept, in a safe experiment and on the model there is no such warning', async () => {
  expect(planWords(await prepare({})).risks).toEqual([]);
  expect(planWords(await prepare({ experiment: 'sweep', exhaustive: true })).risks).toEqual([]);
  const model = await prepare({ exhaustive: true }, { stack: 'simulated' });
  expect(planWords(model).risks).toEqual([]);
  expect(monitoringText(model)).toBeNull();
});

test('on Wine the warning stands, but its host has no console to keep and no event log', async () => {
  const wine = await prepare({ exhaustive: true }, { wine: '8.0' });
  expect(planWords(wine).risks).toHaveLength(1);
  expect(monitoringText(wine)).toBeNull();
});

test('the part of the day is among what it does', async () => {
  const onlyBetween = parseTimeWindow('14:00-15:00');
  const { takes } = planWords(await prepare({ onlyBetween }));
  expect(takes.at(-1)).toMatch(/14:00-15:00 local time/);
});

describe('the text for the monitoring team', () => {
  test('says host, time, event, handles, alarms, memory, and what to do if it stays', async () => {
    const text = monitoringText(await prepare({ exhaustive: true }), AFTERNOON) ?? '';
    expect(text).toMatch(/On SAMPLE-1, at 14:05 local time/);
    expect(text).toMatch(/event 4231 of source Tcpip/);
    expect(text).toMatch(/33,068 handles of node\.exe/);
    expect(text).toMatch(/3,000 or 10,000 handles will fire/);
    expect(text).toMatch(/64 MB more non-paged pool/);
    expect(text).toMatch(/portlab stop/);
    expect(text).toMatch(/Whom to call: _+$/);
  });

  test('names UDP’s own event, and the part of the day where there is one', async () => {
    const onlyBetween = parseTimeWindow('14:00-15:00');
    const parameters = { protocol: 'udp' };
    const prepared = await prepare({ exhaustive: true, parameters, onlyBetween });
    const text = monitoringText(prepared, AFTERNOON) ?? '';
    expect(text).toContain('event 4266');
    expect(text).toContain('once within 14:00-15:00');
  });

  test('speaks of no alarm that would not fire', async () => {
    const prepared = await prepare({ exhaustive: true, maxSockets: 5_000 });
    const text = monitoringText(prepared, AFTERNOON);
    expect(text).toContain('alarms set to 3,000 handles');
    expect(text).not.toContain('10,000');
  });

  test('is null where the reserve is kept', async () => {
    expect(monitoringText(await prepare({}), AFTERNOON)).toBeNull();
  });
});
