import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NULL_SINK } from '#engine/event/event-sink.ts';
import type { SocketOption } from '#engine/model/socket-option.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { createSimulatedStack, type SimulatedStack } from '#engine/stack/simulated-stack.ts';
import { ADDRESSES, callsArbitrary, hostArbitrary, type Call } from './host-arbitrary.ts';
import {
  ReferenceModel,
  type Family,
  type Protocol,
  type ReferenceHost,
} from './reference-model.ts';

const DEEP = process.env['PORTLAB_DEEP'] === '1';
const RUNS = DEEP ? 10_000 : 400;
const TIMEOUT_MS = DEEP ? 900_000 : 60_000;
const REMOTE = '203.0.113.5';
const REMOTE_V6 = '2001:db8::5';
const POOLS = [
  ['tcp', 'ipv4'],
  ['tcp', 'ipv6'],
  ['udp', 'ipv4'],
  ['udp', 'ipv6'],
] as const;

function stackOf(host: ReferenceHost, seed: number, pickOrder: string): SimulatedStack {
  const profile = resolveProfile({
    dynamicRanges: {
      tcp4: host.ranges['tcp/ipv4'],
      tcp6: host.ranges['tcp/ipv6'],
      udp4: host.ranges['udp/ipv4'],
      udp6: host.ranges['udp/ipv6'],
    },
    excludedRanges: host.exclusions,
    assumptions: { A19: pickOrder },
  });
  return createSimulatedStack({ sink: NULL_SINK, profile, addresses: ADDRESSES, seed });
}

/** The engine and the reference, step by step; every answer is compared. */
class Pair {
  readonly engine: SimulatedStack;
  readonly reference: ReferenceModel;
  /** Socket numbers ever made, dead ones too. */
  readonly ids: number[] = [];

  constructor(engine: SimulatedStack, reference: ReferenceModel) {
    this.engine = engine;
    this.reference = reference;
  }

  make(call: Call): void {
    if ('targets' in call) return this.#fill(call);
    if ('family' in call) {
      const id = this.engine.socket(call.protocol, call.family);
      this.ids.push(id);
      this.reference.create(id, call.protocol, call.family);
      if (!('target' in call)) return;
      for (const option of call.options) this.#set(id, option, 1);
      return this.#bindExplicit(id, call.target, call.port);
    }
    if (!('pick' in call) || this.ids.length === 0) return;
    const id = this.ids[call.pick % this.ids.length]!;
    if ('option' in call) {
      this.#set(id, call.option, call.value);
    } else if ('port' in call) {
      this.#bindExplicit(id, call.target, call.port);
    } else if ('target' in call) {
      this.#bindWildcard(id, call.target, this.engine.bind(id, this.engine.intern(call.target), 0));
    } else if ('count' in call) {
      expect(this.engine.release(id, call.count, 1e15)).toBe(call.count);
      for (let dead = id; dead < id + call.count; dead++) this.reference.close(dead);
    } else if (call.call === 'connect') {
      this.#connect(id);
    } else {
      const known = this.reference.sockets.has(id);
      expect(this.engine.close(id)).toBe(known ? 0 : 10038);
      this.reference.close(id);
    }
  }

  #set(id: number, option: SocketOption, value: number): void {
    const code = this.engine.setsockopt(id, option, value);
    expect(code).toBe(this.reference.setOption(id, option, value));
  }

  #bindExplicit(id: number, target: string, port: number): void {
    const obstacle = this.reference.bindObstacle(id, target);
    const expected = obstacle || this.reference.explicit(id, target, port);
    expect(this.engine.bind(id, this.engine.intern(target), port)).toBe(expected);
    if (expected === 0) this.reference.bindTo(id, target, port, 'explicit');
  }

  /** A refusal only where no legal port exists; else a legal one. */
  #bindWildcard(id: number, target: string, code: number): void {
    const obstacle = this.reference.bindObstacle(id, target);
    if (obstacle !== 0) return expect(code).toBe(obstacle);
    const legal = this.reference.legal(id, target);
    expect(code).toBe(legal.size === 0 ? 10055 : 0);
    if (code !== 0) return;
    const port = this.engine.getsockname(id);
    expect(legal).toContain(port);
    this.reference.bindTo(id, target, port, 'wildcard-port');
  }

  #connect(id: number): void {
    const socket = this.reference.sockets.get(id);
    const remote = socket?.family === 'ipv6' ? REMOTE_V6 : REMOTE;
    const code = this.engine.connect(id, this.engine.intern(remote), 443);
    if (socket === undefined) return expect(code).toBe(10038);
    if (socket.connected && socket.protocol === 'tcp') return expect(code).toBe(10056);
    if (socket.bound === null) {
      const legal = this.reference.legal(id, socket.family === 'ipv4' ? '0.0.0.0' : '::');
      expect(code).toBe(legal.size === 0 ? 10055 : 0);
      if (code !== 0) return;
      expect(legal).toContain(this.engine.getsockname(id));
      this.reference.bindImplicitly(id, this.engine.getsockname(id));
    }
    expect(code).toBe(0);
    socket.connected = true;
  }

  #fill(call: Extract<Call, { targets: unknown }>): void {
    const { protocol, targets, options, count } = call;
    const addresses = targets.map((target) => this.engine.intern(target));
    const request = { protocol, family: 'ipv4' as const, addresses, from: 0, options, count };
    const { first, bound, refused } = this.engine.fill({ ...request, budgetNs: 1e15 });
    for (let i = 0; i < bound; i++) {
      this.#fillSocket(first + i, protocol, options);
      this.#bindWildcard(first + i, targets[i % targets.length]!, 0);
      this.ids.push(first + i);
    }
    expect(refused === null).toBe(bound === count);
    if (refused === null) return;
    const probe = -1;
    const code = this.#fillSocket(probe, protocol, options);
    const legal = this.reference.legal(probe, targets[bound % targets.length]!);
    expect(refused.code).toBe(code !== 0 ? code : legal.size === 0 ? 10055 : 0);
    this.reference.close(probe);
  }

  #fillSocket(id: number, protocol: Protocol, options: readonly string[]): number {
    this.reference.create(id, protocol, 'ipv4');
    for (const option of options) {
      const code = this.reference.setOption(id, option, 1);
      if (code !== 0) return code;
    }
    return 0;
  }

  checkInvariants(): void {
    expect(this.reference.illegalPairs()).toEqual([]);
    expect(this.engine.open).toBe(this.reference.sockets.size);
    for (const [protocol, family] of POOLS) this.#checkFree(protocol, family);
  }

  #checkFree(protocol: Protocol, family: Family): void {
    const free = this.reference.freeOnAll(protocol, family);
    expect(this.engine.freeOnAll(protocol, family)).toBe(free);
  }
}

describe('the allocator against a naive model of the documented rules', () => {
  for (const pickOrder of ['next-fit', 'random', 'pack', 'spread']) {
    it(
      `answers every call alike, pick ${pickOrder}`,
      () => {
        fc.assert(
          fc.property(hostArbitrary, callsArbitrary, fc.nat(), (host, calls, seed) => {
            const pair = new Pair(stackOf(host, seed, pickOrder), new ReferenceModel(host));
            const empty = POOLS.map(([protocol, family]) =>
              pair.engine.freeOnAll(protocol, family),
            );
            for (const call of calls) {
              pair.make(call);
              pair.checkInvariants();
            }
            // Conservation: when all is closed, all is free, and all of it can be had again.
            pair.engine.closeAll();
            expect(
              POOLS.map(([protocol, family]) => pair.engine.freeOnAll(protocol, family)),
            ).toEqual(empty);
            const again = pair.engine.fill({
              protocol: 'tcp',
              family: 'ipv4',
              addresses: [pair.engine.intern(ADDRESSES[0])],
              from: 0,
              options: ['SO_PORT_SCALABILITY'],
              count: 1_000,
              budgetNs: 1e15,
            });
            expect(again.bound).toBe(empty[0]);
          }),
          { numRuns: pickOrder === 'next-fit' ? RUNS : RUNS / 4 },
        );
      },
      TIMEOUT_MS,
    );
  }
});
