import { describe, expect, it } from 'vitest';
import { KIND } from '#engine/allocator/holder.ts';
import { POOL_BYTES, SLOT_BYTES } from '#engine/allocator/pool-layout.ts';
import { PortPool } from '#engine/allocator/port-pool.ts';
import { Random } from '#engine/allocator/random.ts';
import { sharingRules } from '#engine/allocator/sharing-rules.ts';
import { DEFAULT_ASSUMPTIONS } from '#engine/profile/assumptions.ts';

const RANGE = { start: 1025, count: 64_511 };
const RULES = sharingRules(DEFAULT_ASSUMPTIONS, 'tcp', 'ipv4');

describe('a pool of the widest range', () => {
  it('takes at most 320 KiB and 8.5 KiB an address', () => {
    expect(POOL_BYTES + SLOT_BYTES).toBeLessThanOrEqual(320 * 1_024);
    expect(SLOT_BYTES).toBeLessThanOrEqual(8.5 * 1_024);
  });

  it('holds 64,511 ports on each of 200 addresses, and gives every one back', () => {
    const addresses = 200;
    const siblings = Array.from({ length: addresses + 1 }, () => 0);
    const pool = new PortPool(RANGE, [], RULES, siblings, new Random(1));
    for (let slot = 1; slot <= addresses; slot++) {
      let held = 0;
      while (pool.claimRun(slot, KIND.option, 4_096) !== 0) held += pool.runLength;
      expect(held).toBe(RANGE.count);
    }
    expect(pool.freeOnAll()).toBe(0);
    expect(pool.claim(0, KIND.legacy)).toBe(0);
    for (let slot = 1; slot <= addresses; slot++) {
      for (let port = RANGE.start; port <= 65_535; port++) pool.release(slot, port, KIND.option);
    }
    expect(pool.freeOnAll()).toBe(RANGE.count);
  });

  it('finds the one free number among 64,511, wherever it is, again and again', () => {
    const pool = new PortPool(RANGE, [], RULES, [0, 0, 0], new Random(1));
    while (pool.claimRun(1, KIND.legacy, 4_096) !== 0);
    const random = new Random(9);
    for (let i = 0; i < 20_000; i++) {
      const port = RANGE.start + random.below(RANGE.count);
      const kind = i % 3 === 0 ? KIND.option : KIND.legacy;
      pool.release(1, port, KIND.legacy);
      const slot = 1 + (i % 2);
      expect(pool.claim(slot, kind)).toBe(port);
      expect(pool.claim(1, KIND.legacy)).toBe(0);
      pool.release(slot, port, kind);
      expect(pool.claim(1, KIND.legacy)).toBe(port);
    }
  });

  it('tells an address of the next number freed in a word it has just found full', () => {
    const pool = new PortPool(RANGE, [], RULES, [0, 0, 0], new Random(1));
    while (pool.claimRun(1, KIND.legacy, 4_096) !== 0);
    const farFrom = (): void => void (pool.cursor = 2_000);
    for (const port of [40_000, 40_001, 40_002]) {
      pool.release(1, port, KIND.legacy);
      farFrom();
      expect(pool.claim(2, KIND.option)).toBe(port);
      farFrom();
      expect(pool.claim(2, KIND.option)).toBe(0);
    }
  });

  it('does so for an address that was added after the log was written', () => {
    const siblings = [0, 0];
    const pool = new PortPool(RANGE, [], RULES, siblings, new Random(1));
    while (pool.claimRun(1, KIND.legacy, 4_096) !== 0);
    pool.release(1, 40_000, KIND.legacy);
    siblings.push(0);
    pool.grow();
    pool.cursor = 2_000;
    expect(pool.claim(2, KIND.option)).toBe(40_000);
    expect(pool.claim(2, KIND.option)).toBe(0);
    pool.release(1, 40_001, KIND.legacy);
    pool.cursor = 2_000;
    expect(pool.claim(2, KIND.option)).toBe(40_001);
  });
});
