import { describe, expect, test } from 'vitest';
import { LabError } from '#engine/model/lab-error.ts';
import { parseScript } from '#engine/script/parse-script.ts';
import { simulateScript } from '#engine/script/simulate-script.ts';

const SOCKET = { op: 'socket', as: 'a' };
const FILL = { op: 'fill', as: 'f', address: '10.0.0.1', count: 3 };

function textOf(steps: readonly unknown[], more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ portlab: 'script/1', ...more, steps });
}

function refusal(text: string): LabError {
  try {
    parseScript(text);
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
  throw new Error('the script was taken');
}

describe('a bad step is refused, with the step and the fault named', () => {
  test.each<[string, unknown[], RegExp]>([
    ['unknown op', [SOCKET, { op: 'bnd' }], /^step 1 \(bnd\): unknown op "bnd"/],
    ['no op', [{ socket: 'a' }], /^step 0 \(no op\): field "op" is missing/],
    ['op no text', [{ op: 5 }], /^step 0 \(no op\): unknown op 5/],
    ['an inherited op', [{ op: 'toString' }], /unknown op "toString"/],
    ['no object', [SOCKET, 'bind'], /^step 1 .*no JSON object/],
    ['null', [null], /^step 0 .*no JSON object/],
    [
      'unknown field',
      [{ ...SOCKET, protokol: 'tcp' }],
      /^step 0 \(socket\): unknown field "protokol"/,
    ],
    [
      'a misspelt field, not the missing one',
      [SOCKET, { op: 'bind', socket: 'a', adress: '10.0.0.1', port: 0 }],
      /^step 1 \(bind\): unknown field "adress"/,
    ],
    ['missing field', [SOCKET, { op: 'bind', socket: 'a', port: 0 }], /field "address" is missing/],
    [
      'unknown option',
      [SOCKET, { op: 'setsockopt', socket: 'a', option: 'SO_LINGER', value: 1 }],
      /^step 1 \(setsockopt\): option "SO_LINGER" is none of SO_REUSEADDR, /,
    ],
    [
      'unknown option of a fill',
      [{ ...FILL, options: ['SO_REUSEADDR', 'SO_PORTSCALABILITY'] }],
      /^step 0 \(fill\): options\.1 "SO_PORTSCALABILITY" is none of/,
    ],
    [
      'value beyond 32 bits',
      [SOCKET, { op: 'setsockopt', socket: 'a', option: 'SO_REUSEADDR', value: 4_294_967_296 }],
      /value 4294967296 is out of range: at most 4294967295/,
    ],
    [
      'port too large',
      [SOCKET, { op: 'bind', socket: 'a', address: '10.0.0.1', port: 65_536 }],
      /^step 1 \(bind\): port 65536 is out of range: at most 65535/,
    ],
    [
      'negative port',
      [SOCKET, { op: 'bind', socket: 'a', address: '10.0.0.1', port: -1 }],
      /port -1 is out of range: at least 0/,
    ],
    [
      'half a port',
      [SOCKET, { op: 'bind', socket: 'a', address: '10.0.0.1', port: 1.5 }],
      /port 1\.5 must be a whole number/,
    ],
    [
      'port as text',
      [SOCKET, { op: 'bind', socket: 'a', address: '10.0.0.1', port: '80' }],
      /port "80" must be of type number/,
    ],
    [
      'no address',
      [SOCKET, { op: 'bind', socket: 'a', address: '10.0.0', port: 0 }],
      /address "10\.0\.0" is no IP address/,
    ],
    ['nothing to fill', [{ ...FILL, count: 0 }], /count 0 is out of range: at least 1/],
    ['too large a fill', [{ ...FILL, count: 1_048_577 }], /count 1048577 is out of range/],
    [
      'too much in all',
      Array.from({ length: 17 }, (_, i) => ({ ...FILL, as: `f${i}`, count: 1_048_576 })),
      /^step 16 \(fill\): with it, fills ask for 17825792 sockets/,
    ],
    ['too long a wait', [{ op: 'wait', seconds: 86_401 }], /seconds 86401 is out of range/],
    ['a wait back', [{ op: 'wait', seconds: -1 }], /seconds -1 is out of range/],
    ['too long a name', [{ ...SOCKET, as: 'x'.repeat(65) }], /at most 64 characters/],
    ['no name', [{ ...SOCKET, as: '' }], /as "" is out of range: at least 1 characters/],
    ['a name over two lines', [{ ...SOCKET, as: 'a\nb' }], /control character/],
    ['unknown protocol', [{ ...SOCKET, protocol: 'sctp' }], /protocol "sctp" is none of tcp, udp/],
    ['unknown family', [{ ...SOCKET, family: 'ipv5' }], /family "ipv5" is none of ipv4, ipv6/],
    [
      'unknown socket',
      [{ op: 'listen', socket: 'b' }],
      /^step 0 \(listen\): no step before it makes .*"b"/,
    ],
    ['a name before it is made', [{ op: 'listen', socket: 'a' }, SOCKET], /^step 0 \(listen\)/],
    [
      'a closed socket',
      [SOCKET, { op: 'close', socket: 'a' }, { op: 'listen', socket: 'a' }],
      /^step 2 \(listen\): "a" was closed in step 1/,
    ],
    [
      'closed twice',
      [SOCKET, { op: 'close', socket: 'a' }, { op: 'close', socket: 'a' }],
      /^step 2 /,
    ],
    ['a name taken', [SOCKET, SOCKET], /^step 1 \(socket\): "as": "a" is taken already/],
    [
      'a name taken by a closed one',
      [SOCKET, { op: 'close', socket: 'a' }, SOCKET],
      /^step 2 .*taken/,
    ],
    [
      'a call on a fill',
      [FILL, { op: 'listen', socket: 'f' }],
      /^step 1 \(listen\): "f" is a fill/,
    ],
    [
      'an unknown process',
      [SOCKET, { op: 'exit', process: 'p' }],
      /^step 1 \(exit\): no process "p"/,
    ],
    [
      'a socket whose process ended',
      [
        { ...SOCKET, process: 'p' },
        { op: 'exit', process: 'p' },
        { op: 'listen', socket: 'a' },
      ],
      /^step 2 \(listen\): "a" ended with its process in step 1/,
    ],
    [
      'a process that ends twice',
      [
        { ...SOCKET, process: 'p' },
        { op: 'exit', process: 'p' },
        { op: 'exit', process: 'p' },
      ],
      /^step 2 \(exit\)/,
    ],
    [
      'too many processes',
      Array.from({ length: 1_024 }, (_, i) => ({ op: 'socket', as: `s${i}`, process: `p${i}` })),
      /^step 1023 \(socket\): .*too many processes/,
    ],
    [
      'too many addresses',
      Array.from({ length: 4_097 }, (_, i) => ({
        ...FILL,
        as: `f${i}`,
        address: `10.1.${i >> 8}.${i & 255}`,
      })),
      /^step 4096 \(fill\): .*too many addresses/,
    ],
    ['no remote', [SOCKET, { op: 'connect', socket: 'a' }], /field "remote" is missing/],
    [
      'a remote of nothing',
      [SOCKET, { op: 'connect', socket: 'a', remote: null }],
      /remote null has no form/,
    ],
    [
      'a remote that is neither',
      [SOCKET, { op: 'connect', socket: 'a', remote: { address: '10.0.0.9' } }],
      /^step 1 \(connect\): remote: field "port" is missing/,
    ],
    [
      'a remote port out of range',
      [SOCKET, { op: 'connect', socket: 'a', remote: { address: '10.0.0.9', port: 70_000 } }],
      /remote.*70000 is out of range/,
    ],
    [
      'a remote as text',
      [SOCKET, { op: 'connect', socket: 'a', remote: '10.0.0.9:80' }],
      /remote "10\.0\.0\.9:80" has no form/,
    ],
    [
      'a listener on the wildcard address',
      [SOCKET, { op: 'connect', socket: 'a', remote: { listener: '0.0.0.0' } }],
      /wildcard address/,
    ],
    [
      'unknown expectation',
      [{ ...SOCKET, expect: { okay: true } }],
      /expect: unknown field "okay"/,
    ],
    [
      'expectation of another kind',
      [{ ...SOCKET, expect: { ok: 1 } }],
      /expect\.ok 1 must be of type boolean/,
    ],
    [
      'code out of range',
      [{ ...SOCKET, expect: { code: 70_000 } }],
      /expect\.code 70000 is out of range/,
    ],
    [
      'closed by nobody known',
      [SOCKET, { op: 'close', socket: 'a', by: 'peer' }],
      /by "peer" is none of local, remote/,
    ],
    [
      'closed by the peer and reset',
      [SOCKET, { op: 'close', socket: 'a', by: 'remote', abort: true }],
      /either "by" or "abort"/,
    ],
    [
      'two ways to fill',
      [
        { op: 'reserve', as: 'r', count: 2 },
        { ...FILL, reservation: 'r', pool: { start: 1, count: 2 } },
      ],
      /^step 1 \(fill\): .*either "reservation" or "pool"/,
    ],
    [
      'a pool beyond the ports',
      [{ ...FILL, pool: { start: 65_535, count: 2 } }],
      /beyond port 65535/,
    ],
    ['an unknown reservation', [{ ...FILL, reservation: 'r' }], /^step 0 \(fill\): no step before/],
    ['a reservation of nothing', [{ op: 'reserve', count: 4 }], /field "as" is missing/],
    [
      'a reservation on a socket, with a protocol',
      [SOCKET, { op: 'reserve', socket: 'a', protocol: 'udp', count: 4 }],
      /leave out protocol/,
    ],
    [
      'associate with nothing',
      [SOCKET, { op: 'associate', socket: 'a' }],
      /"reservation" is needed/,
    ],
    ['no address to add', [{ op: 'addressAdd', address: '::' }], /wildcard address/],
    ['a loopback address to remove', [{ op: 'addressRemove', address: '127.0.0.1' }], /loopback/],
  ])('%s', (_name, steps, words) => {
    const { kind, message, hint } = refusal(textOf(steps));
    expect(message).toMatch(words);
    expect(kind).toBe('usage');
    expect(hint).toContain('steps are counted from 0');
    expect(message).not.toContain('\n');
  });

  test('the hint says which step that is to somebody who counts from 1, and the message its line', () => {
    const { message, hint } = refusal(
      '{ "portlab": "script/1",\n "steps": [\n  { "op": "socket", "as": "a" },\n\n  { "op": "bnd" }\n] }',
    );
    expect(message).toBe('step 1 (bnd): unknown op "bnd" (line 5)');
    expect(hint).toContain('the 2nd');
  });
});

describe('a bad file is refused, and says what is wrong with it', () => {
  test.each<[string, string, RegExp]>([
    ['no JSON', '{ "portlab": ', /^no JSON: line 1, column 14/],
    ['empty', '', /^no JSON: line 1, column 1/],
    ['a list', '[]', /no JSON object/],
    [
      'another version',
      '{"portlab":"script/2","steps":[]}',
      /portlab "script\/2" is none of script\/1/,
    ],
    ['no version', '{"steps":[]}', /"portlab" is missing/],
    ['no steps', '{"portlab":"script/1"}', /"steps" is missing/],
    ['steps no list', '{"portlab":"script/1","steps":{}}', /steps must be of type array/],
    ['unknown field', '{"portlab":"script/1","step":[],"steps":[]}', /unknown field "step"/],
    [
      'title no text',
      '{"portlab":"script/1","title":5,"steps":[]}',
      /title 5 must be of type string/,
    ],
    [
      'title over two lines',
      '{"portlab":"script/1","title":"a\\nb","steps":[]}',
      /can’t be printed/,
    ],
    [
      'too many steps',
      textOf(Array.from({ length: 10_001 }, () => SOCKET)),
      /10001 steps are too many/,
    ],
    ['a key twice', '{"portlab":"script/1","steps":[],"steps":[]}', /"steps" comes twice/],
    ['unknown profile', textOf([], { profile: { base: 'windows-95' } }), /windows-95/],
    ['a profile’s field', textOf([], { profile: { adresses: [] } }), /^profile: .*adresses/],
    ['a profile’s switch', textOf([], { profile: { assumptions: { A99: 'x' } } }), /A99/],
    [
      'a profile’s range',
      textOf([], { profile: { dynamicRanges: { tcp4: { start: 65_000, count: 600 } } } }),
      /beyond port 65535/,
    ],
    ['a profile as text', textOf([], { profile: 'documented' }), /^profile/],
  ])('%s', (_name, text, words) => {
    const error = refusal(text);
    expect(error.message).toMatch(words);
    expect(error.kind).toBe('usage');
    expect(error.hint).not.toBe('');
  });
});

describe('what only the host can tell is refused before the first step', () => {
  test('an address it lacks can’t be removed', async () => {
    const script = parseScript(
      textOf(
        [
          { op: 'addressAdd', address: '10.0.0.2' },
          { op: 'addressRemove', address: '10.0.0.2' },
          { op: 'addressRemove', address: '10.0.0.2' },
        ],
        { profile: { addresses: ['10.0.0.1'] } },
      ),
    );
    await expect(simulateScript(script, { seed: 1 })).rejects.toThrow(
      /^step 2 \(addressRemove\): the simulated host has no address 10\.0\.0\.2/,
    );
  });

  test('waits in which others would bind for hours', async () => {
    const churn = [{ protocol: 'tcp', address: '0.0.0.0', perSecond: 1_000_000, holdSeconds: 1 }];
    const script = parseScript(textOf([{ op: 'wait', seconds: 86_400 }], { profile: { churn } }));
    await expect(simulateScript(script, { seed: 1 })).rejects.toThrow(/other applications/);
  });
});
