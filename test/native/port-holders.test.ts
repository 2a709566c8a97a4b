import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHeldPorts } from '#native/host/port-holders.ts';
import { parseNetstat } from '#native/host/ports-in-use.ts';

/** Written from the documented form of `netstat -anoq`, not measured. */
const ENGLISH = `
Active Connections

  Proto  Local Address          Foreign Address        State           PID
  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1040
  TCP    10.0.0.4:49801         10.0.9.9:443           ESTABLISHED     4312
  TCP    10.0.0.4:49802         10.0.9.9:443           CLOSE_WAIT      4312
  TCP    10.0.0.4:49803         10.0.9.9:443           FIN_WAIT_2      4312
  TCP    10.0.0.4:49804         10.0.9.9:443           TIME_WAIT       0
  TCP    10.0.0.4:49805         10.0.9.9:443           TIME_WAIT       4312
  TCP    0.0.0.0:49801          0.0.0.0:0              BOUND           4312
  TCP    10.0.0.5:49806         0.0.0.0:0              BOUND           4312
  TCP    10.0.0.5:49807         0.0.0.0:0              CLOSED          4312
`;

/** As above; the bytes of code page 850, read one by one. The German word for BOUND is supposed. */
const GERMAN = `
Aktive Verbindungen

  Proto  Lokale Adresse         Remoteadresse          Status           PID
  TCP    0.0.0.0:135            0.0.0.0:0              ABH\u0099REN         1040
  TCP    10.0.0.4:49801         10.0.9.9:443           HERGESTELLT     4312
  TCP    10.0.0.4:49802         10.0.9.9:443           SCHLIESSEN_WARTEN 4312
  TCP    10.0.0.4:49804         10.0.9.9:443           WARTEND         0
  TCP    10.0.0.4:49805         10.0.9.9:443           WARTEND         4312
  TCP    10.0.0.5:49806         0.0.0.0:0              GEBUNDEN        4312
`;

/** As above; French headings in code page 850, English states. */
const FRENCH = `
Connexions actives

  Proto  Adresse locale         Adresse distante       \u0090tat
  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1040
  TCP    10.0.0.4:49801         10.0.9.9:443           ESTABLISHED     4312
  TCP    10.0.0.4:49804         10.0.9.9:443           TIME_WAIT       0
  TCP    10.0.0.5:49806         0.0.0.0:0              BOUND           4312
`;

/** As above, of IPv6; Japanese headings in code page 932, English states. */
const JAPANESE = `
\u0083A\u0083N\u0083e\u0083B\u0083u\u0082\u00c8\u0090\u00da\u0091\u00b1

  \u0083v\u0083\u008d\u0083g\u0083R\u0083\u008b
  TCP         [::]:135               [::]:0                 LISTENING       1040
  TCP         [fe80::1%12]:51000     [fe80::9%12]:445       ESTABLISHED     4
  TCP         [::]:51001             [::]:0                 BOUND           4312
`;

/** Words of no language the lab knows, all their letters beyond ASCII; the last ends in a blank of Unicode. */
const LISTENS = '\u008f\u00e0\u00ae\u00e1\u00ab';
const IS_BOUND = '\u0091\u00a2\u00ef\u00a7 \u00ad\u00a0';

function strange(withRpc: boolean): string {
  return `
  TCP    ${withRpc ? '0.0.0.0:135' : '10.0.0.4:139'}            0.0.0.0:0              ${LISTENS}       1040
  TCP    10.0.0.4:49801         10.0.9.9:443           ${IS_BOUND}${LISTENS}     4312
  TCP    10.0.0.4:49804         10.0.9.9:443           ${LISTENS}${LISTENS}       0
  TCP    10.0.0.5:49806         0.0.0.0:0              ${IS_BOUND}           4312
`;
}

const states = (text: string) =>
  parseHeldPorts(text, 'tcp').map(({ port, state }) => `${port} ${state}`);

describe('the state of a socket', () => {
  it('is read in English', () => {
    expect(states(ENGLISH)).toEqual([
      '135 listening',
      '49801 connected',
      '49802 connected',
      '49803 connected',
      '49804 time-wait',
      '49805 time-wait',
      '49801 bound',
      '49806 bound',
      '49807 unknown',
    ]);
  });

  it('is read in German, in any code page', () => {
    const inBytes = states(GERMAN);
    expect(inBytes).toEqual([
      '135 listening',
      '49801 connected',
      '49802 connected',
      '49804 time-wait',
      '49805 time-wait',
      '49806 bound',
    ]);
    for (const letter of ['\u00d6', '\u00c3\u0096', '\ufffd']) {
      expect(states(GERMAN.replace('\u0099', letter))).toEqual(inBytes);
    }
  });

  it('is read in French, whose heading for it is no state', () => {
    const expected = ['135 listening', '49801 connected', '49804 time-wait', '49806 bound'];
    expect(states(FRENCH)).toEqual(expected);
  });

  it('is read of IPv6 sockets, in Japanese', () => {
    expect(states(JAPANESE)).toEqual(['135 listening', '51000 connected', '51001 bound']);
  });

  it('in an unknown language is told by the listener every Windows host has', () => {
    const expected = ['135 listening', '49801 connected', '49804 time-wait', '49806 bound'];
    expect(states(strange(true))).toEqual(expected);
  });

  it('in an unknown language is unknown without that listener, where there is no other end', () => {
    const expected = ['139 unknown', '49801 connected', '49804 time-wait', '49806 unknown'];
    expect(states(strange(false))).toEqual(expected);
  });

  it('is not guessed between two unknown words', () => {
    const third = '  TCP    10.0.0.5:49809         0.0.0.0:0              XYZ           4312\n';
    expect(states(strange(true) + third).slice(-2)).toEqual(['49806 unknown', '49809 unknown']);
    expect(states(GERMAN + third).slice(-2)).toEqual(['49806 unknown', '49809 unknown']);
  });

  it('of UDP is bound, for netstat says no more', () => {
    const text = `
  UDP    0.0.0.0:5353           *:*                                    2104
  UDP    [::]:5353              *:*                                    2104
  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1040
`;
    expect(parseHeldPorts(text, 'udp')).toEqual([
      { port: 5_353, pid: 2_104, state: 'bound', local: '0.0.0.0:5353', remote: null },
      { port: 5_353, pid: 2_104, state: 'bound', local: '[::]:5353', remote: null },
    ]);
  });
});

/** What tables are made of, and what could be mistaken for it. */
const PARTS =
  'TCP|UDP| |  |\t|\n|\r\n|\u00a0|:|0.0.0.0|[::]|*:*|0|1|135|65535|65536|LISTENING|BOUND|FIN_WAIT_1'.split(
    '|',
  );

describe('reading the table', () => {
  it('keeps both ends as printed, and no end that is none', () => {
    expect(parseHeldPorts(JAPANESE, 'tcp')).toEqual([
      { port: 135, pid: 1_040, state: 'listening', local: '[::]:135', remote: null },
      {
        port: 51_000,
        pid: 4,
        state: 'connected',
        local: '[fe80::1%12]:51000',
        remote: '[fe80::9%12]:445',
      },
      { port: 51_001, pid: 4_312, state: 'bound', local: '[::]:51001', remote: null },
    ]);
  });

  it('takes either line end', () => {
    const windows = ENGLISH.replaceAll('\n', '\r\n');
    expect(parseHeldPorts(windows, 'tcp')).toEqual(parseHeldPorts(ENGLISH, 'tcp'));
  });

  it.each([
    ['nothing', ''],
    ['a message', 'The system cannot find the file specified.'],
    ['usage', 'NETSTAT [-a] [-b] [-e] [-f] [-i] [-n] [-o] [-p proto] [-q] [interval]'],
    ['no PID (Wine)', '  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING'],
    ['no remote column', '  TCP    0.0.0.0:135'],
    ['port 0', '  TCP    0.0.0.0:0              0.0.0.0:0              LISTENING       4'],
    ['port 65536', '  TCP    0.0.0.0:65536          0.0.0.0:0              LISTENING       4'],
    ['a port by name', '  TCP    0.0.0.0:epmap          0.0.0.0:0              LISTENING       4'],
    [
      'another protocol',
      '  ICMP   0.0.0.0:135            0.0.0.0:0              LISTENING       4',
    ],
    ['a line of its own', 'Can not obtain ownership information'],
  ])('leaves out %s', (_case, text) => {
    expect(parseHeldPorts(text, 'tcp')).toEqual([]);
  });

  it('reads 100,000 lines', () => {
    const lines = Array.from(
      { length: 100_000 },
      (_, i) =>
        `  TCP    10.0.0.${i % 7}:${49_152 + (i % 16_384)}   10.0.9.9:443   ESTABLISHED   ${i % 300}`,
    );
    const held = parseHeldPorts(lines.join('\r\n'), 'tcp');
    expect(held).toHaveLength(100_000);
    expect(new Set(held.map(({ port }) => port)).size).toBe(16_384);
  });

  it('never makes up a port, whatever the text, and agrees with what portsInUse reads', () => {
    const part = fc.constantFrom(...PARTS);
    const text = fc.oneof(
      fc.array(part, { maxLength: 60 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, fc.constantFrom('tcp', 'udp'), (output, protocol) => {
        const held = parseHeldPorts(output, protocol);
        const inUse = parseNetstat(output, protocol);
        for (const { port, pid } of held) {
          expect(Number.isInteger(port) && port >= 1 && port <= 65_535).toBe(true);
          expect(Number.isSafeInteger(pid) && pid >= 0).toBe(true);
          expect(inUse.has(port)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives back every socket of a table, in its order', () => {
    const port = fc.integer({ min: 1, max: 65_535 });
    const address = fc.constantFrom('10.0.0.4', '127.0.0.1', '[fe80::1%12]', '[2001:db8::4]');
    const endpoint = fc.tuple(address, port).map(([host, number]) => `${host}:${number}`);
    const socket = fc.record({
      port,
      address,
      end: fc.oneof(
        endpoint.map((remote) => ({ remote, state: 'connected', word: 'SYN_SENT' })),
        fc.constantFrom(
          { remote: '0.0.0.0:0', state: 'listening', word: 'LISTENING' },
          { remote: '[::]:0', state: 'bound', word: 'BOUND' },
          { remote: '0.0.0.0:0', state: 'unknown', word: 'CLOSED' },
        ),
      ),
      pid: fc.integer({ min: 1, max: 0xff_ff_ff_ff }),
    });
    fc.assert(
      fc.property(fc.array(socket, { maxLength: 30 }), (sockets) => {
        const lines = sockets.map(({ port, address, end, pid }) => {
          const columns = [`${address}:${port}`.padEnd(22), end.remote.padEnd(22)];
          return `  TCP    ${columns.join(' ')} ${end.word.padEnd(15)} ${pid}\r\n`;
        });
        const expected = sockets.map(({ port, address, end, pid }) => {
          const remote = end.state === 'connected' ? end.remote : null;
          return { port, pid, state: end.state, local: `${address}:${port}`, remote };
        });
        expect(parseHeldPorts(lines.join(''), 'tcp')).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});
