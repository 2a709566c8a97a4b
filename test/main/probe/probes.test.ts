import { afterEach, describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Holdings } from '#engine/analysis/holdings.ts';
import { OP } from '#engine/event/op.ts';
import { ProbeDied } from '#engine/stack/socket-owner.ts';
import { type Probes, startProbes } from '#main/probe/start-probes.ts';
import { EventLog } from '../../stack/event-log.ts';

const script = join(import.meta.dirname, 'simulated-probe-child.ts');
const HOST = '10.0.0.1';
const WISH = { protocol: 'tcp', family: 'ipv4', options: [], address: 2, keep: true } as const;
const READY_MS = 30_000;
const KILLS = process.env['PORTLAB_DEEP'] === '1' ? 50 : 3;

let running: Probes | null = null;
afterEach(async () => {
  await running?.stopAll();
  running = null;
});

/** The lab's side of a run: its clock, its address table, its recording. */
function lab() {
  const log = new EventLog();
  const addresses = ['', '192.0.2.1', HOST];
  const began = process.hrtime.bigint();
  const stack = {
    addresses,
    now: () => Number(process.hrtime.bigint() - began),
    intern(text: string) {
      const known = addresses.indexOf(text);
      return known < 0 ? addresses.push(text) - 1 : known;
    },
  };
  return { log, stack };
}

async function start(count: number, stopped = () => false) {
  const { log, stack } = lab();
  const left: (readonly number[])[] = [];
  running = await startProbes(count, {
    ffi: 'koffi',
    sink: log,
    stack,
    stopped,
    onEnded: () => left.push(running?.pids ?? []),
    script,
    readyMs: READY_MS,
  });
  return { log, stack, left, probes: running, owners: running.owners, pids: running.pids };
}

function heldAfter(log: EventLog): number {
  const holdings = new Holdings();
  for (const { op, address, port, code, value } of log.rows) {
    holdings.observe(op, address, port, code, value);
  }
  return holdings.held;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('probe processes', () => {
  it('make the calls they are told, recorded with the run’s numbers and by process', async () => {
    const { log, stack, owners } = await start(2);
    const [one, two] = owners;
    const before = stack.now();
    const opened = await one?.open({ ...WISH, count: 3 });
    const opening = log.take();
    const told = opened?.bound.map(({ socket }) => socket) ?? [];
    expect(new Set(told).size).toBe(3);
    expect(opening[0]).toMatchObject({ op: OP.process, value: 1 });
    expect(opening.at(-1)).toMatchObject({ op: OP.process, value: 0 });
    const named = opening.filter(({ op }) => op === OP.getsockname);
    expect(named.map(({ socket, port, address }) => ({ socket, port, address }))).toEqual(
      opened?.bound.map((socket) => ({ ...socket, address: 2 })),
    );
    // The child's clock is virtual here, so only its beginning can be compared.
    expect(opening[0]?.t).toBeLessThan(before);
    expect(opening[0]?.t).toBeGreaterThan(0);
    expect(await one?.names(told)).toEqual(opened?.bound.map(({ port }) => port));
    await expect(two?.names(told)).rejects.toThrow(RangeError);
    const other = await two?.open({ ...WISH, count: 1, keep: false });
    expect(told).not.toContain(other?.bound[0]?.socket);
    await one?.close(told, 'abort');
    expect(heldAfter(log), 'all that was opened is closed').toBe(0);
  });

  it('connect, from a port the host chooses', async () => {
    const { log, stack, owners } = await start(1);
    const remote = stack.intern('203.0.113.9');
    const kind = { protocol: 'tcp', family: 'ipv4', socket: null, remote, port: 443 } as const;
    const connected = await owners[0]?.connect(kind);
    expect(connected).toMatchObject({ code: 0 });
    expect(connected?.port).toBeGreaterThan(0);
    expect(log.rows.find(({ op }) => op === OP.connect)).toMatchObject({
      socket: connected?.socket,
      address: remote,
      port: 443,
    });
  });

  it('end early when the run is to stop, and say what they have', async () => {
    let stopping = false;
    const { log, owners } = await start(1, () => stopping);
    const open = owners[0]?.open({ ...WISH, count: 50_000 });
    while (log.rows.length === 0) await sleep(5);
    stopping = true;
    const opened = await open;
    expect(opened?.refused).toBeNull();
    expect(opened?.bound.length).toBeGreaterThan(0);
    expect(opened?.bound.length).toBeLessThan(50_000);
    expect(heldAfter(log)).toBe(opened?.bound.length);
  });

  it('are gone when killed, and the recording closes what they held as far as it was told', async () => {
    const { log, left, owners, pids } = await start(2);
    const [one, two] = owners;
    const open = one?.open({ ...WISH, count: 50_000 });
    const failed = expect(open).rejects.toThrow(ProbeDied);
    while (heldOf(log) < 200) await sleep(5);
    await one?.kill();
    expect(isRunning(pids[0] ?? 0)).toBe(false);
    expect(left).toEqual([[pids[1]]]);
    await failed;
    expect([one?.alive, two?.alive]).toEqual([false, true]);
    await expect(one?.names([])).rejects.toThrow('process 1 has ended: it was killed');
    const end = log.rows.findIndex(({ op }) => op === OP.exit);
    expect(log.rows[end]).toMatchObject({ value: 1 });
    expect(log.rows.slice(end + 1).every(({ op }) => op === OP.close)).toBe(true);
    expect(heldAfter(log)).toBe(0);
    await one?.kill();
  });

  it('that die by themselves are an event, too, and fail the call under way', async () => {
    const { log, owners, pids } = await start(1);
    const open = owners[0]?.open({ ...WISH, count: 50_000 });
    const failed = expect(open).rejects.toThrow('process 1 has ended: ended by SIGKILL');
    while (log.rows.length === 0) await sleep(5);
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await failed;
    expect(owners[0]?.alive).toBe(false);
    expect(log.rows.some(({ op }) => op === OP.exit)).toBe(true);
    expect(heldAfter(log)).toBe(0);
  });

  it(`leave nothing behind, killed at random moments, ${KILLS} times`, async () => {
    for (let i = 0; i < KILLS; i++) {
      const { log, probes, owners, pids } = await start(2);
      const failed = owners[0]?.open({ ...WISH, count: 50_000 }).catch((error: unknown) => error);
      const other = owners[1]?.open({ ...WISH, count: 50 });
      await sleep(Math.random() * 150);
      await owners[0]?.kill();
      expect(await failed).toBeInstanceOf(ProbeDied);
      expect((await other)?.bound).toHaveLength(50);
      await probes.stopAll();
      expect([heldAfter(log), pids.some(isRunning)]).toEqual([0, false]);
    }
  }, 300_000);

  it('close all they hold when the run is over, and go', async () => {
    const { log, probes, owners, pids } = await start(3);
    await owners[2]?.open({ ...WISH, count: 500 });
    await probes.stopAll();
    await probes.stopAll();
    expect(pids.map(isRunning)).toEqual([false, false, false]);
    expect(probes.pids).toEqual([]);
    const exits = log.rows.filter(({ op }) => op === OP.exit);
    expect(exits.map(({ value }) => value).toSorted()).toEqual([1, 2, 3]);
    expect(heldAfter(log)).toBe(0);
  });

  it.each([
    ['broken', 30_000, 'no stack here'],
    ['mute', 300, 'not ready after 0.3 s'],
  ])(
    'that are %s at the start are a stated reason, and leave nobody behind',
    async (how, ms, why) => {
      process.env['PORTLAB_TEST_PROBE'] = how;
      try {
        const { log, stack } = lab();
        const started = startProbes(2, { ffi: 'koffi', sink: log, stack, script, readyMs: ms });
        await expect(started).rejects.toThrow(why);
        expect(log.rows.map(({ op }) => op)).toEqual([OP.exit, OP.exit]);
      } finally {
        delete process.env['PORTLAB_TEST_PROBE'];
      }
    },
  );

  it('of which the system makes the first only leave nobody behind, either', async () => {
    const { log, stack } = lab();
    const asked: string[] = [];
    const started = startProbes(2, {
      // Node makes no process with such an argument, and says so by throwing.
      get ffi() {
        return asked.push('') === 1 ? 'koffi' : ('ko\0ffi' as 'koffi');
      },
      sink: log,
      stack,
      script,
    });
    await expect(started).rejects.toThrow(
      /2 probe processes of this run did not start: .*null bytes/,
    );
    expect(asked).toHaveLength(2);
    expect(log.rows.filter(({ op }) => op === OP.exit)).toHaveLength(1);
  });
});

function heldOf(log: EventLog): number {
  return log.rows.filter(({ op }) => op === OP.getsockname).length;
}
