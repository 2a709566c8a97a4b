import { describe, expect, it } from 'vitest';
import { hostFactsSchema } from '#engine/model/host-facts.ts';
import { readHostFacts } from '#native/host/read-host-facts.ts';

describe.skipIf(process.platform === 'win32')('host facts without Windows', () => {
  it('are complete, with null for what only Windows has', async () => {
    const facts = await readHostFacts({ quick: false });
    const whole = { ...facts, stack: 'simulated', why: 'no ws2_32.dll here' };
    expect(hostFactsSchema.parse(whole)).toEqual(whole);
    expect(facts.os.productType).toBeNull();
    expect(facts.wine).toBeNull();
    expect(facts.dynamicRanges.tcp4).toBeNull();
    expect(facts.excludedRanges).toBeNull();
    expect(facts.options.SO_PORT_SCALABILITY).toEqual({
      documented: false,
      settable: null,
      readable: null,
      honoured: 'unknown',
      evidence: null,
    });
  });

  it('show the loopback address with its prefix', async () => {
    const { addresses } = await readHostFacts({ quick: true });
    const loopback = addresses.find(({ address }) => address === '127.0.0.1');
    expect(loopback).toMatchObject({
      prefix: 8,
      family: 'ipv4',
      loopback: true,
      class: 'loopback',
    });
  });
});
