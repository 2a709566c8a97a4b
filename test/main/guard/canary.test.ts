import { describe, expect, it } from 'vitest';
import { Ballast } from '#main/guard/ballast.ts';
import { Canary } from '#main/guard/canary.ts';
import { A, ANY, B, boundTo, modelled } from '../../engine/stack/modelled.ts';

const WELL = { bind: 0, connect: 0 };

describe('the canary', () => {
  it('finds a host well, and leaves nothing but its listener', async () => {
    const { stack } = modelled();
    const canary = new Canary(stack, 'tcp', 'ipv4', A);
    for (let i = 0; i < 30; i++) expect(await canary.look()).toEqual(WELL);
    expect(stack.open).toBe(1);
    expect(stack.freeOnAll('tcp', 'ipv4'), 'nothing in TIME_WAIT').toBe(9);
    expect(stack.getsockname(1)).toBe(canary.port);
  });

  it('is refused where no number is free on all addresses, and well again afterwards', async () => {
    const { stack } = modelled();
    const canary = new Canary(stack, 'tcp', 'ipv4', A);
    const option = ['SO_PORT_SCALABILITY'] as const;
    const taken = Array.from({ length: 9 }, () => boundTo(stack, B, 0, option));
    expect(await canary.look()).toEqual({ bind: 10055, connect: 10055 });
    stack.close(taken[0] ?? 0);
    expect(await canary.look()).toEqual(WELL);
  });

  it('looks with UDP, too', async () => {
    const { stack } = modelled();
    const canary = new Canary(stack, 'udp', 'ipv4', A);
    expect(await canary.look()).toEqual(WELL);
    const fill = { protocol: 'udp', family: 'ipv4', options: [], budgetNs: 1e9 } as const;
    stack.fill({ ...fill, addresses: [stack.intern(A)], from: 0, count: 20 });
    expect(await canary.look()).toEqual({ bind: 10055, connect: 10055 });
  });

  it('does not start on a host that has no port for it, or lacks its address', () => {
    const { stack } = modelled();
    expect(() => new Canary(stack, 'tcp', 'ipv4', '10.9.9.9')).toThrow('WSAEADDRNOTAVAIL (10049)');
    for (let i = 0; i < 10; i++) boundTo(stack, ANY);
    expect(() => new Canary(stack, 'tcp', 'ipv4', A)).toThrow('WSAENOBUFS (10055)');
  });
});

describe('the ballast', () => {
  it('keeps numbers from all addresses, and gives them back at once', () => {
    const { stack } = modelled();
    const ballast = new Ballast(stack);
    ballast.take(4, 'tcp', 'ipv4');
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(6);
    ballast.drop();
    ballast.drop();
    expect([stack.freeOnAll('tcp', 'ipv4'), stack.open]).toEqual([10, 0]);
  });

  it('is refused where the host has not so many', () => {
    const { stack } = modelled();
    expect(() => new Ballast(stack).take(11, 'tcp', 'ipv4')).toThrow('10 of 11 held');
  });
});
