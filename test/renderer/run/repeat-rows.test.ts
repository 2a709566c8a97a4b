import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordedSwitches } from '#engine/profile/recorded-switches.ts';
import { addressRows, poolRows } from '#renderer/screens/run/repeat/host-words.ts';
import { valueRows } from '#renderer/screens/run/repeat/value-rows.ts';
import { FULL, recordedView, type RecordedView } from './recorded-view.ts';

describe('what it takes to repeat a run recorded for real', () => {
  let recorded: RecordedView;
  beforeAll(async () => {
    recorded = await recordedView({ ...FULL, maxSockets: 200 });
  });
  afterAll(() => recorded.close());

  test('every assumption of the model, named, with its standing', () => {
    const { profile } = recorded.view.document.run;
    const rows = recordedSwitches(profile ?? { name: '', resolved: {} });
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(['A1', 'A11', 'A30']));
    for (const { id, about, standing, other } of rows) {
      expect(about, id).not.toBeNull();
      expect(standing, id).not.toBeNull();
      expect(other, id).toBeNull();
    }
  });

  test('the model’s addresses are not said to be the machine’s', () => {
    const { run } = recorded.view.document;
    expect(addressRows(run)).toEqual(
      FULL.addresses?.map((address) => ({ address, adapter: '–', state: 'modelled', used: 'yes' })),
    );
    const measured = {
      ...run,
      stack: 'winsock' as const,
      addresses: ['10.9.9.9'],
      host: {
        ...run.host,
        addresses: [
          {
            address: '10.9.9.8',
            prefix: 24,
            family: 'ipv4' as const,
            interface: 'Ethernet',
            ifIndex: 4,
            loopback: false,
            state: 'preferred' as const,
            class: 'nic' as const,
          },
        ],
      },
    };
    expect(addressRows(measured)).toEqual([
      { address: '10.9.9.9', adapter: '–', state: 'unknown', used: 'yes' },
      { address: '10.9.9.8', adapter: 'Ethernet (4)', state: 'preferred', used: 'no' },
    ]);
  });

  test('ranges that could not be read are unknown, not empty', () => {
    const { host } = recorded.view.document.run;
    const rows = poolRows({ ...host, excludedRanges: null });
    expect(rows.map(({ name }) => name)).toEqual(['TCP IPv4', 'TCP IPv6', 'UDP IPv4', 'UDP IPv6']);
    expect(new Set(rows.map(({ excluded }) => excluded))).toEqual(new Set(['unknown']));
    const known = poolRows({
      ...host,
      dynamicRanges: { ...host.dynamicRanges, tcp4: { start: 49_152, count: 16_384 } },
      excludedRanges: [
        { start: 50_000, count: 60, protocol: 'tcp', family: 'ipv4', administered: true },
      ],
    });
    expect(known[0]).toEqual({
      name: 'TCP IPv4',
      range: '49152 to 65535',
      count: 16_384,
      excluded: '50000 to 50059, administered',
    });
    expect(known[1]?.excluded).toBe('none');
  });

  test('parameters of any shape become rows, nothing left out', () => {
    expect(valueRows({ a: 1_000, b: { c: [1, 2], d: { start: 10, count: 5 } }, e: [] })).toEqual([
      { path: 'a', value: '1,000' },
      { path: 'b.c', value: '1, 2' },
      { path: 'b.d', value: '10 to 14, 5 ports' },
      { path: 'e', value: 'none' },
    ]);
    expect(valueRows({ list: [{ x: 1 }, { x: null }] })).toEqual([
      { path: 'list.0', value: 'x 1' },
      { path: 'list.1', value: 'x none' },
    ]);
    let deep: unknown = 'end';
    for (let depth = 0; depth < 50; depth++) deep = { deep };
    expect(valueRows(deep)).toHaveLength(1);
  });
});
