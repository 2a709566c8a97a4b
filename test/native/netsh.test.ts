import { describe, expect, it } from 'vitest';
import { parseDynamicRange, parseExcludedRanges } from '#native/host/netsh.ts';

/** As netsh sends it through a pipe: the console's code page, read byte by byte. */
const DYNAMIC = {
  English: `
Protocol tcp Dynamic Port Range
---------------------------------
Start Port      : 49152
Number of Ports : 16384

`,
  German: `
Dynamischer Portbereich f\x81r Protokoll tcp
---------------------------------
Startport          : 49152
Anzahl von Ports   : 16384

`,
  Portuguese: `
Intervalo de Portas Din\x83micas do protocolo tcp
---------------------------------
Porta Inicial     : 49152
N\xa3mero de Portas  : 16384

`,
  Korean: `
\xc7\xc1\xb7\xce\xc5\xe4\xc4\xdd tcp \xb5\xbf\xc0\xfb \xc6\xf7\xc6\xae \xb9\xfc\xc0\xa7
---------------------------------
\xbd\xc3\xc0\xdb \xc6\xf7\xc6\xae       : 49152
\xc6\xf7\xc6\xae \xbc\xf6         : 16384

`,
} as const;

const EXCLUDED_ENGLISH = `
Protocol tcp Port Exclusion Ranges

Start Port    End Port
----------    --------
      5357        5357
     49673       49772
     50000       50059     *

* - Administered port exclusions.

`;

const EXCLUDED_GERMAN = EXCLUDED_ENGLISH.replace(
  'Protocol tcp Port Exclusion Ranges',
  'Portausschlussbereiche f\x81r Protokoll tcp',
)
  .replace('Start Port    End Port', 'Startport     Endport')
  .replace('Administered port exclusions', 'Verwaltete Portausschl\x81sse');

describe('netsh show dynamicport', () => {
  it.each(Object.entries(DYNAMIC))('is read in %s', (_language, text) => {
    expect(parseDynamicRange(text)).toEqual({ start: 49_152, count: 16_384 });
    expect(parseDynamicRange(text.replaceAll('\n', '\r\n'))).toEqual({
      start: 49_152,
      count: 16_384,
    });
  });

  it('gives the order start, count, even where they could be mistaken', () => {
    const text = DYNAMIC.English.replace('49152', '1025').replace('16384', '64510');
    expect(parseDynamicRange(text)).toEqual({ start: 1_025, count: 64_510 });
  });

  it.each([
    ['nothing (Wine)', ''],
    ['a message', 'The following command was not found: int ipv4 show dynamicport tcp.'],
    ['one number', 'Start Port : 49152'],
    ['three numbers', `${DYNAMIC.English}Other : 3`],
    ['a range beyond 65535', DYNAMIC.English.replace('16384', '16385')],
    ['an empty range', DYNAMIC.English.replace('16384', '0')],
  ])('is unknown from %s', (_case, text) => {
    expect(parseDynamicRange(text)).toBeNull();
  });
});

describe('netsh show excludedportrange', () => {
  const ranges = [
    { start: 5_357, count: 1, administered: false },
    { start: 49_673, count: 100, administered: false },
    { start: 50_000, count: 60, administered: true },
  ];

  it.each([
    ['English', EXCLUDED_ENGLISH],
    ['German', EXCLUDED_GERMAN],
    ['English with CRLF', EXCLUDED_ENGLISH.replaceAll('\n', '\r\n')],
  ])('is read in %s', (_language, text) => {
    expect(parseExcludedRanges(text)).toEqual(ranges);
  });

  it('tells no exclusions from no answer', () => {
    const none = EXCLUDED_ENGLISH.replace(/^ +\d+ .*\n/gm, '');
    expect(parseExcludedRanges(none)).toEqual([]);
    expect(parseExcludedRanges('')).toBeNull();
    expect(parseExcludedRanges('Access is denied.')).toBeNull();
  });

  it('leaves out lines that are no range', () => {
    const odd = EXCLUDED_ENGLISH.replace('49673', '60000').replace('5357  ', '99999 ');
    expect(parseExcludedRanges(odd)).toEqual([ranges[2]]);
  });
});
