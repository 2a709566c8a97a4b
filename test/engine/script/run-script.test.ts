import { describe, expect, test } from 'vitest';
import { OP } from '#engine/event/op.ts';
import { EventLog } from '../../stack/event-log.ts';
import {
  OPTION,
  answers,
  bind,
  close,
  codes,
  connect,
  fill,
  socket,
  started,
} from './script-runs.ts';

describe('what a step answers', () => {
  test('has the fields scripts rely on, and no others', async () => {
    const [made] = await answers([socket('a')]);
    expect(made).toEqual({
      index: 0,
      op: 'socket',
      ok: true,
      code: 0,
      name: null,
      address: null,
      port: null,
      value: null,
      bound: null,
      ports: [],
      expectation: 'none',
    });
  });

  test('a bind: the local address, and the port it got', async () => {
    const [, wildcard, , named, , refused] = await answers([
      socket('a'),
      bind('a'),
      socket('b'),
      bind('b', 20_000),
      socket('c'),
      bind('c', 20_000),
    ]);
    expect(wildcard).toMatchObject({ ok: true, address: '10.0.0.1' });
    expect(wildcard?.port).toBeGreaterThanOrEqual(50_000);
    expect(named).toMatchObject({ ok: true, address: '10.0.0.1', port: 20_000 });
    expect(refused).toMatchObject({ ok: false, code: 10_048, name: 'WSAEADDRINUSE', port: null });
  });

  test('a failed call is an answer, and the script goes on', async () => {
    expect(
      await codes([
        socket('a'),
        bind('a', 0, '10.0.0.7'),
        bind('a'),
        { op: 'listen', socket: 'a' },
      ]),
    ).toEqual([0, 10_049, 0, 0]);
  });

  test('options are set, read and refused', async () => {
    const set = (option: string, value: number) => ({
      op: 'setsockopt',
      socket: 'a',
      option,
      value,
    });
    const [, , read, second] = await answers([
      socket('a'),
      set(OPTION, 7),
      { op: 'getsockopt', socket: 'a', option: OPTION },
      set('SO_REUSE_UNICASTPORT', 1),
    ]);
    expect(read).toMatchObject({ ok: true, value: 1 });
    expect(second).toMatchObject({ ok: false, code: 10_022 });
  });

  test('a connect and an accept: the local ends', async () => {
    const steps = await answers([
      socket('l'),
      bind('l', 8_080, '10.0.0.2'),
      { op: 'listen', socket: 'l' },
      socket('a'),
      connect('a', { address: '10.0.0.2', port: 8_080 }),
      { op: 'accept', socket: 'l', as: 'c' },
      { op: 'accept', socket: 'l', as: 'none' },
      { op: 'getsockname', socket: 'c' },
      // Never made: calls on it answer as Winsock answers for what is no socket.
      { op: 'getsockname', socket: 'none' },
    ]);
    expect(steps[4]).toMatchObject({ ok: true, address: '0.0.0.0' });
    expect(steps[5]).toMatchObject({ ok: true, address: '10.0.0.2', port: 8_080 });
    expect(steps[6]).toMatchObject({ ok: false, code: 10_035 });
    expect(steps[7]).toMatchObject({ ok: true, address: '10.0.0.2', port: 8_080, value: 8_080 });
    expect(steps[8]).toMatchObject({ ok: false, code: 10_038, name: 'WSAENOTSOCK' });
  });
});

describe('fill', () => {
  test('says how many were bound, why no more, and their ports in order of allocation', async () => {
    const log = new EventLog();
    const [filled] = await answers([fill('f', 20, { options: [OPTION] })], {}, 3, log);
    expect(filled).toMatchObject({ ok: false, code: 10_055, bound: 16, address: '10.0.0.1' });
    const inEvents = log.rows
      .filter(({ op }) => op === OP.fill)
      .flatMap(({ port, value }) => Array.from({ length: value }, (_, i) => port + i));
    expect(filled?.ports).toEqual(inEvents);
    expect([...(filled?.ports ?? [])].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 16 }, (_, i) => 50_000 + i),
    );
  });

  test('ports come in order too where the host gives them out at random', async () => {
    const log = new EventLog();
    const [filled] = await answers([fill('f', 16)], { assumptions: { A19: 'random' } }, 3, log);
    const inEvents = log.rows
      .filter(({ op, code }) => (op === OP.fill || op === OP.getsockname) && code === 0)
      .flatMap(({ op, port, value }) =>
        Array.from({ length: op === OP.fill ? value : 1 }, (_, i) => port + i),
      );
    expect(filled?.ports).toEqual(inEvents);
    expect(filled?.ports).not.toEqual([...inEvents].toSorted((a, b) => a - b));
  });

  test('close closes all of them', async () => {
    expect(
      await codes([fill('f', 16), fill('g', 1), close('f'), fill('h', 16), close('g')]),
    ).toEqual([0, 10_055, 0, 0, 0]);
  });

  test('more sockets than one slice of work', async () => {
    const profile = { dynamicRanges: { tcp4: { start: 1_025, count: 64_511 } } };
    const [filled] = await answers([fill('f', 64_511)], profile);
    expect(filled).toMatchObject({ ok: true, bound: 64_511 });
    expect(new Set(filled?.ports).size).toBe(64_511);
  });

  test('from a reservation: its block, on each address', async () => {
    const [made, first, second, others] = await answers([
      { op: 'reserve', as: 'r', count: 4 },
      fill('f', 5, { reservation: 'r' }),
      fill('g', 4, { reservation: 'r', address: '10.0.0.2' }),
      fill('h', 16),
    ]);
    expect(made).toMatchObject({ ok: true, port: 50_000, value: 4 });
    expect(first).toMatchObject({ ok: false, bound: 4, code: 10_055 });
    expect(first?.ports).toEqual([50_000, 50_001, 50_002, 50_003]);
    expect(second).toMatchObject({ ok: true, bound: 4 });
    expect(others?.bound).toBe(12);
  });

  test('from the application’s own pool: the next one where one is taken', async () => {
    const steps = await answers([
      socket('x'),
      bind('x', 20_001),
      fill('f', 4, { pool: { start: 20_000, count: 4 } }),
      fill('g', 2, { pool: { start: 20_000, count: 4 }, address: '10.0.0.2' }),
    ]);
    expect(steps[2]).toMatchObject({ ok: false, bound: 3, code: 10_048 });
    expect(steps[2]?.ports).toEqual([20_000, 20_002, 20_003]);
    expect(steps[3]).toMatchObject({ ok: true, bound: 2, code: 0, ports: [20_000, 20_001] });
  });

  test('a pool at random: the same numbers, another order, the same for the same seed', async () => {
    const steps = [fill('f', 200, { pool: { start: 20_000, count: 200, order: 'random' } })];
    const [one] = await answers(steps, {}, 1);
    const [same] = await answers(steps, {}, 1);
    const [other] = await answers(steps, {}, 2);
    const sorted = Array.from({ length: 200 }, (_, i) => 20_000 + i);
    expect(one?.ports).not.toEqual(sorted);
    expect([...(one?.ports ?? [])].toSorted((a, b) => a - b)).toEqual(sorted);
    expect(same?.ports).toEqual(one?.ports);
    expect(other?.ports).not.toEqual(one?.ports);
  });

  test('a pool ends at an error that no other candidate can mend', async () => {
    const [filled] = await answers([
      fill('f', 4, { pool: { start: 20_000, count: 4 }, address: '10.0.0.7' }),
    ]);
    expect(filled).toMatchObject({ bound: 0, code: 10_049 });
  });
});

describe('who closes', () => {
  const LISTENER = { listener: '127.0.0.9' };
  const left = async (more: object, remote?: object): Promise<number | null> => {
    const steps = await answers([
      socket('a'),
      bind('a'),
      connect('a', remote as Record<string, unknown> | undefined),
      close('a', { ...more }),
      fill('f', 16),
    ]);
    expect(steps.slice(0, 4).map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    return steps[4]?.bound ?? null;
  };

  test.each([
    ['a remote', undefined],
    ['a listener of the lab’s', LISTENER],
  ])(
    '%s: this side first holds the port, the peer first or a reset frees it',
    async (_name, remote) => {
      expect(await left({}, remote)).toBe(15);
      expect(await left({ by: 'local' }, remote)).toBe(15);
      expect(await left({ by: 'remote' }, remote)).toBe(16);
      expect(await left({ abort: true }, remote)).toBe(16);
    },
  );

  test('a listener is opened once an address and port, out of the dynamic range', async () => {
    const log = new EventLog();
    await answers(
      [
        socket('a'),
        connect('a', LISTENER),
        socket('b'),
        connect('b', LISTENER),
        socket('c'),
        connect('c', { ...LISTENER, port: 9_000 }),
      ],
      { dynamicRanges: { tcp4: { start: 8_000, count: 100 } } },
      1,
      log,
    );
    const listening = log.rows.filter(({ op }) => op === OP.listen).map(({ socket: id }) => id);
    const ports = log.rows
      .filter(({ op, socket: id }) => op === OP.getsockname && listening.includes(id))
      .map(({ port }) => port);
    expect(ports).toEqual([8_100, 9_000]);
  });
});

describe('time, processes and addresses of a simulated host', () => {
  test('wait moves the clock, and nothing else', async () => {
    const steps = [socket('a'), bind('a'), connect('a'), close('a')];
    const short = await answers([...steps, { op: 'wait', seconds: 119.9 }, fill('f', 16)]);
    expect(short.at(-1)?.bound).toBe(15);
    const long = await answers([...steps, { op: 'wait', seconds: 120 }, fill('f', 16)]);
    expect(long.at(-1)?.bound).toBe(16);
  });

  test('others come and go while it waits, in slices', async () => {
    const churn = [{ protocol: 'tcp', address: '0.0.0.0', perSecond: 50_000, holdSeconds: 60 }];
    const steps = await answers([{ op: 'wait', seconds: 2 }, fill('f', 16)], { churn });
    expect(steps[1]).toMatchObject({ bound: 0, code: 10_055 });
  });

  test('exit closes a process’s sockets, and its name may be used again', async () => {
    const steps = await answers([
      fill('f', 10, { process: 'p' }),
      socket('a', { process: 'p' }),
      bind('a'),
      { op: 'exit', process: 'p' },
      fill('g', 16, { process: 'p' }),
      { op: 'exit', process: 'p' },
    ]);
    expect(steps[3]).toMatchObject({ ok: true, value: 11 });
    expect(steps[4]).toMatchObject({ ok: true, bound: 16 });
    expect(steps[5]).toMatchObject({ ok: true, value: 16 });
  });

  test('an address added later can be bound, one removed no longer', async () => {
    expect(
      await codes([
        socket('a'),
        bind('a', 0, '10.0.0.3'),
        { op: 'addressAdd', address: '10.0.0.3', adapter: 'b' },
        bind('a', 0, '10.0.0.3'),
        { op: 'addressRemove', address: '10.0.0.3' },
        socket('b'),
        bind('b', 0, '10.0.0.3'),
      ]),
    ).toEqual([0, 10_049, 0, 0, 0, 0, 10_049]);
  });

  test('without a list of addresses the host has those the script names, but not the ones it adds', async () => {
    const bare = { addresses: [] };
    expect(
      await codes(
        [
          socket('a'),
          bind('a', 0, '192.0.2.1'),
          socket('b'),
          bind('b', 0, '192.0.2.9'),
          { op: 'addressAdd', address: '192.0.2.9' },
          bind('b', 0, '192.0.2.9'),
        ],
        bare,
      ),
    ).toEqual([0, 0, 0, 10_049, 0, 0]);
  });
});

describe('reservations', () => {
  test('hang on a socket of their own or on a given one; both names mean it', async () => {
    const steps = await answers([
      socket('x'),
      { op: 'reserve', socket: 'x', as: 'r', start: 20_000, count: 2 },
      socket('a'),
      { op: 'associate', socket: 'a', reservation: 'r' },
      bind('a'),
      socket('b'),
      { op: 'associate', socket: 'b', reservation: 'x' },
      bind('b'),
      { op: 'reserve', socket: 'x', count: 2 },
    ]);
    expect(steps[4]).toMatchObject({ ok: true, port: 20_000 });
    expect(steps[7]).toMatchObject({ ok: true, port: 20_001 });
    expect(steps[8]).toMatchObject({ ok: false, code: 10_022 });
  });

  test('a persistent block is one the host has', async () => {
    const excludedRanges = [{ protocol: 'tcp', start: 20_000, count: 4, administered: true }];
    const associate = (count: number) => ({
      op: 'associate',
      socket: 'a',
      block: { start: 20_000, count },
    });
    const steps = [socket('a'), associate(3), associate(4), bind('a')];
    const results = await answers(steps, { excludedRanges });
    expect(results.map(({ code }) => code)).toEqual([0, 1_168, 0, 0]);
    expect(results[3]?.port).toBe(20_000);
  });
});

describe('expectations', () => {
  test('all that is named must come true; a failed call may be what was expected', async () => {
    const steps = await answers([
      { ...socket('a'), expect: { ok: true } },
      { ...bind('a', 20_000), expect: { ok: true, port: 20_000, address: '10.0.0.1', code: 0 } },
      { ...bind('a'), expect: { ok: false, code: 10_022 } },
      { ...fill('f', 20), expect: { bound: 16, code: 10_055 } },
      { ...fill('g', 1), expect: { ok: false, code: 10_048 } },
      { op: 'getsockopt', socket: 'a', option: OPTION, expect: { value: 1 } },
      { ...socket('b'), expect: {} },
      { op: 'getsockname', socket: 'a', expect: { bound: 1 } },
    ]);
    expect(steps.map(({ expectation }) => expectation)).toEqual([
      'met',
      'met',
      'met',
      'met',
      'failed',
      'failed',
      'none',
      'failed',
    ]);
  });

  test('an address may be spelled in any way', async () => {
    const steps = await answers(
      [
        socket('a', { family: 'ipv6' }),
        { ...bind('a', 20_000, 'FD00:0::1'), expect: { address: 'fd00:0:0::1' } },
      ],
      { addresses: ['fd00::1'] },
    );
    expect(steps[1]).toMatchObject({ address: 'fd00::1', expectation: 'met' });
  });
});

describe('whatever ends it, everything is closed', () => {
  const HOLDING = [socket('a'), bind('a'), fill('f', 8), socket('b'), bind('b')];

  test('at its end', async () => {
    const { outcome, stack, watch } = started(HOLDING, {});
    expect(await outcome).toMatchObject({ ended: 'done', ok: true });
    expect(stack.open).toBe(0);
    expect(watch.peakHeld).toBe(10);
  });

  test('stopped between two steps', async () => {
    const stop = { reason: null as 'cancelled' | null };
    const { outcome, stack } = started(HOLDING, {
      stop,
      progress: (share) => {
        if (share >= 0.4) stop.reason = 'cancelled';
      },
    });
    const { ended, ok, steps } = await outcome;
    expect({ ended, ok }).toEqual({ ended: 'cancelled', ok: false });
    expect(steps.length).toBeLessThan(HOLDING.length);
    expect(stack.open).toBe(0);
  });

  test('stopped inside a long wait, in slices', async () => {
    const stop = { reason: null as 'cancelled' | null };
    let breaths = 0;
    const { outcome, stack } = started([fill('f', 8), { op: 'wait', seconds: 86_400 }], {
      stop,
      breathe: async () => {
        if (++breaths === 3) stop.reason = 'cancelled';
      },
    });
    expect((await outcome).ended).toBe('cancelled');
    expect(stack.open).toBe(0);
  });

  test('at the time limit, which waits don’t count towards', async () => {
    const busy = Array.from({ length: 100 }, (_, i) => socket(`s${i}`));
    const { outcome, stack } = started([{ op: 'wait', seconds: 3_600 }, ...busy], {
      maxSeconds: 50e-6,
    });
    const { ended, steps } = await outcome;
    expect(ended).toBe('max-seconds');
    expect(steps.length).toBeGreaterThan(10);
    expect(steps.length).toBeLessThan(101);
    expect(stack.open).toBe(0);
  });

  test('when something throws', async () => {
    const { outcome, stack } = started(HOLDING, {
      breathe: async () => {
        if (stack.open >= 9) throw new Error('the writer is gone');
      },
    });
    await expect(outcome).rejects.toThrow('the writer is gone');
    expect(stack.open).toBe(0);
  });
});
