import { describe, expect, it } from 'vitest';
import { OP } from '#engine/event/op.ts';
import { ownerOf } from '#engine/stack/simulated-owner.ts';
import { ProbeDied } from '#engine/stack/socket-owner.ts';
import type { SocketOwner } from '#engine/stack/socket-owner.ts';
import { A, B, modelled, REMOTE, START } from './modelled.ts';

const TURN = { breathe: () => Promise.resolve() };
const WISH = { protocol: 'tcp', family: 'ipv4', options: [], count: 4, keep: true } as const;

function hostWithTwo() {
  const { stack, log } = modelled();
  const [a, b] = [stack.intern(A), stack.intern(B)];
  const owners = [ownerOf(stack, 1, TURN), ownerOf(stack, 2, TURN)] as const;
  return { stack, log, a, b, one: owners[0], two: owners[1] };
}

async function portsOf(owner: SocketOwner, address: number, count: number): Promise<number[]> {
  const { bound } = await owner.open({ ...WISH, address, count });
  return bound.map(({ port }) => port);
}

describe('a simulated process that owns sockets', () => {
  it('opens as many as it is asked to, each with its port, and says what refused the next', async () => {
    const { stack, a, one } = hostWithTwo();
    const { bound, refused } = await one.open({ ...WISH, address: a, count: 12 });
    expect(new Set(bound.map(({ port }) => port)).size).toBe(10);
    expect(refused).toEqual({ op: OP.bind, code: 10055 });
    expect(await one.names(bound.map(({ socket }) => socket))).toEqual(
      bound.map(({ port }) => port),
    );
    expect(stack.open, 'the refused socket is closed').toBe(10);
  });

  it('sweeps with one socket at a time, the options set and read back', async () => {
    const { stack, log, a, one } = hostWithTwo();
    const request = { ...WISH, options: ['SO_PORT_SCALABILITY'] as const, address: a };
    const { bound } = await one.open({ ...request, keep: false, how: 'abort' });
    expect(bound).toHaveLength(4);
    expect(stack.open).toBe(0);
    const [, ...calls] = log.rows.map(({ op }) => op);
    const each = [OP.socket, OP.setsockopt, OP.getsockopt, OP.bind, OP.getsockname, OP.close];
    expect(calls).toEqual([...each, ...each, ...each, ...each]);
  });

  it('binds the port it is told, which another process may not take', async () => {
    const { a, one, two } = hostWithTwo();
    const request = { ...WISH, address: a, count: 1, port: START + 3 };
    expect((await one.open(request)).bound.map(({ port }) => port)).toEqual([START + 3]);
    expect((await two.open(request)).refused).toEqual({ op: OP.bind, code: 10048 });
  });

  it('shares the pool with the others, until it is killed: then its ports are free again', async () => {
    const { stack, log, a, b, one, two } = hostWithTwo();
    await portsOf(one, a, 6);
    await portsOf(two, b, 4);
    expect(await portsOf(two, b, 1)).toEqual([]);
    await one.kill();
    await one.kill();
    expect([one.alive, two.alive]).toEqual([false, true]);
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(6);
    expect(log.rows.filter(({ op }) => op === OP.exit).map(({ value }) => value)).toEqual([1]);
    await expect(one.names([1])).rejects.toThrow(ProbeDied);
    expect(await portsOf(two, b, 6)).toHaveLength(6);
  });

  it('connects a socket it has, or a fresh one whose port the host chooses', async () => {
    const { stack, a, one } = hostWithTwo();
    const remote = stack.intern(REMOTE);
    const { bound } = await one.open({ ...WISH, address: a, count: 1 });
    const kind = { protocol: 'tcp', family: 'ipv4', remote, port: 443 } as const;
    const socket = bound[0]?.socket ?? 0;
    expect(await one.connect({ ...kind, socket })).toEqual({ ...bound[0], code: 0 });
    const fresh = await one.connect({ ...kind, socket: null });
    expect(fresh).toMatchObject({ code: 0 });
    expect(fresh.port).toBeGreaterThanOrEqual(START);
    await one.close([socket, fresh.socket], 'abort');
    expect(stack.open).toBe(0);
    await portsOf(one, a, 10);
    expect(await one.connect({ ...kind, socket: null })).toEqual({
      socket: 0,
      port: 0,
      code: 10055,
    });
    expect(stack.open, 'the fresh socket is closed again').toBe(10);
  });

  it('makes no call after its death, however long an open it was in', async () => {
    const { stack } = modelled({ dynamicRanges: { tcp4: { start: START, count: 15_000 } } });
    const address = stack.intern(A);
    let turns = 0;
    const owner: SocketOwner = ownerOf(stack, 1, {
      breathe: async () => {
        turns++;
        await owner.kill();
      },
    });
    const open = owner.open({ ...WISH, address, count: 15_000 });
    await expect(open).rejects.toThrow('process 1 has ended');
    expect([turns, stack.open]).toEqual([1, 0]);
  });

  it('ends an open early when the run is to stop, and says what it has', async () => {
    const { stack } = modelled({ dynamicRanges: { tcp4: { start: START, count: 15_000 } } });
    let stopped = false;
    const breathe = async () => void (stopped = true);
    const owner = ownerOf(stack, 0, { breathe, stopped: () => stopped });
    const { bound, refused } = await owner.open({
      ...WISH,
      address: stack.intern(A),
      count: 15_000,
    });
    expect(refused).toBeNull();
    expect(bound.length).toBeLessThan(15_000);
    expect(bound).toHaveLength(stack.open);
    await owner.close(bound.map(({ socket }) => socket));
    expect(stack.open, 'a close is never cut short').toBe(0);
  });

  it('is never the lab itself when killed', async () => {
    const { stack } = modelled();
    await expect(ownerOf(stack, 0, TURN).kill()).rejects.toThrow(RangeError);
  });
});
