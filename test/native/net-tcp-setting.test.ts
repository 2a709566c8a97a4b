import { describe, expect, it } from 'vitest';
import { parseAutoReuseRange } from '#native/host/net-tcp-setting.ts';

function row(start: number | null, count: number | null) {
  return { AutoReusePortRangeStartPort: start, AutoReusePortRangeNumberOfPorts: count };
}

describe('the auto-reuse range in MSFT_NetTCPSetting', () => {
  it('is empty by default, the row named Automatic having no values', () => {
    const text = JSON.stringify([row(null, null), row(0, 0), row(0, 0)]);
    expect(parseAutoReuseRange(`${text}\r\n`)).toEqual({ start: 0, count: 0 });
  });

  it('is that of the first template which has one', () => {
    const text = JSON.stringify([row(0, 0), row(40_000, 2_000), row(10_000, 50_000)]);
    expect(parseAutoReuseRange(text)).toEqual({ start: 40_000, count: 2_000 });
  });

  it('is read from a single row too, as PowerShell writes a list of one', () => {
    expect(parseAutoReuseRange(JSON.stringify(row(1_025, 5)))).toEqual({ start: 1_025, count: 5 });
  });

  it.each([
    ['nothing (Wine)', ''],
    ['an old system without the properties', '[{},{}]'],
    ['text', 'Get-CimInstance : Invalid class'],
    ['no row', '[]'],
    ['null', 'null'],
    ['wrong types', '[{"AutoReusePortRangeStartPort":"1","AutoReusePortRangeNumberOfPorts":2}]'],
    ['only rows without values', JSON.stringify([row(null, null)])],
  ])('is unknown from %s', (_case, text) => {
    expect(parseAutoReuseRange(text)).toBeNull();
  });
});
