import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API_VERSION, CALLS, type CallName } from '#engine/api/contract.ts';
import { encodeFrame } from '#engine/api/frame.ts';
import { serveCalls, type Handlers } from '#engine/api/server.ts';
import type { Wire } from '#engine/api/wire.ts';
import { CONNECTIONS, type Connected } from './connections.ts';
import { speak } from './raw-speaker.ts';

/** Messages on each wire. */
const MESSAGES = 10_000;

const NAMES = Object.keys(CALLS) as CallName[];

/** Values near what a call takes, so that many get past the first check. */
const nearValue = fc.oneof(
  fc.constantFrom(
    'last',
    'documented',
    'capacity',
    'simulated',
    'html',
    '10.0.0.1',
    '',
    '__proto__',
  ),
  fc.integer({ min: -2, max: 70_000 }),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 2 }),
);
const nearArgument = fc.oneof(
  { weight: 1, arbitrary: fc.jsonValue() },
  {
    weight: 4,
    arbitrary: fc.dictionary(
      fc.constantFrom(
        ...'run runs row format stream credits wish upload fresh from protocol family api'.split(
          ' ',
        ),
        ...'token name bytes path __proto__ body'.split(' '),
      ),
      nearValue,
      { maxKeys: 4 },
    ),
  },
);
const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...NAMES) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('then', 'toString', 'constructor', '__proto__', '$call'),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 80 }) },
);
const body = fc.option(fc.uint8Array({ maxLength: 64 }));

const callFrame = fc
  .record({
    i: fc.option(fc.string({ maxLength: 70 }), { nil: undefined }),
    m: name,
    a: nearArgument,
    body,
  })
  .map(({ body: bytes, ...call }) => encodeFrame({ header: { t: 'q', ...call }, body: bytes }));
const otherFrame = fc
  .record({ header: fc.jsonValue(), body })
  .map(({ header, body: bytes }) => encodeFrame({ header, body: bytes }));
/** A frame with some bytes changed, cut off or doubled. */
const brokenFrame = fc
  .record({
    frame: callFrame,
    changes: fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 6 }),
    keep: fc.nat(400),
  })
  .map(({ frame, changes, keep }) => {
    const broken = frame.slice(0, keep);
    for (const [at, value] of changes) if (at < broken.length) broken[at] = value;
    return broken;
  });
const message = fc.oneof(
  { weight: 5, arbitrary: callFrame },
  { weight: 2, arbitrary: brokenFrame },
  { weight: 1, arbitrary: otherFrame },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
);

describe.each(CONNECTIONS)('malformed messages over $name', ({ connect }) => {
  let lab: Connected;
  beforeAll(async () => {
    lab = await connect();
  });
  afterAll(async () => {
    await lab.close();
  });

  test(`${MESSAGES} of them leave the service answering`, async () => {
    const { token } = lab;
    const hello = { api: API_VERSION, ...(token !== undefined && { token }) };
    const wire = await lab.open();
    const ask = speak(wire);
    expect(await ask('hello', hello)).toHaveProperty('r');
    const messages = fc.sample(message, { numRuns: MESSAGES, seed: 20_261_122 });
    for (const [index, bytes] of messages.entries()) {
      wire.send(bytes);
      // Now and then, so that it has to answer in between, too.
      if (index % 1_000 === 999) expect(await ask('experiments', {})).toHaveProperty('r');
    }
    expect(await ask('hello', hello)).toHaveProperty('r');
    expect(await ask('runs', {})).toHaveProperty('r.runs', []);
    expect(lab.alive()).toBe(true);
    const fresh = speak(await lab.open());
    expect(await fresh('hello', hello)).toHaveProperty('r');
  });
});

describe('what reaches a handler', () => {
  test(`is only what the contract takes, of ${MESSAGES} calls`, async () => {
    const reached: { call: CallName; argument: unknown }[] = [];
    const handlers = Object.fromEntries(
      NAMES.map((call) => [
        call,
        (argument: unknown) => {
          reached.push({ call, argument });
          return null;
        },
      ]),
    ) as unknown as Handlers;
    const { screen, service } = wirePair();
    serveCalls(
      service,
      handlers,
      () => null,
      () => {},
    );
    const calls = fc.sample(fc.record({ m: name, a: nearArgument }), {
      numRuns: MESSAGES,
      seed: 20_261_122,
    });
    let acceptable = 0;
    for (const { m, a } of calls) {
      const header: unknown = JSON.parse(JSON.stringify({ t: 'q', i: 'x', m, a }));
      const wanted =
        Object.hasOwn(CALLS, m) &&
        CALLS[m as CallName].input.safeParse((header as { a: unknown }).a).success;
      if (wanted) acceptable++;
      const before = reached.length;
      screen.send(encodeFrame({ header, body: null }));
      await new Promise((resolve) => setImmediate(resolve));
      expect(reached.length - before, JSON.stringify({ m, a })).toBe(wanted ? 1 : 0);
    }
    // The generator is worth its name: some calls are right, most are not.
    expect(acceptable).toBeGreaterThan(MESSAGES / 100);
    expect(acceptable).toBeLessThan(MESSAGES / 2);
    for (const { call, argument } of reached) {
      expect(CALLS[call].input.safeParse(argument).success).toBe(true);
    }
  });
});

function wirePair(): { screen: Wire; service: Wire } {
  const handlers: ((frame: Uint8Array) => void)[] = [() => {}, () => {}];
  const end = (own: number, other: number): Wire => ({
    send: (frame) => handlers[other]?.(frame),
    pending: 0,
    onFrame(handler) {
      handlers[own] = handler;
    },
    onClose() {},
    close() {},
  });
  return { screen: end(0, 1), service: end(1, 0) };
}
