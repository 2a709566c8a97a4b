import { describe, expect, test } from 'vitest';
import type { HostAddress } from '#engine/model/host-facts.ts';
import type { HostView } from '#engine/api/views.ts';
import { usableAddresses } from '#main/service/address-choice.ts';
import { addressChoices } from '#renderer/screens/experiments/address-choices.ts';
import { address as nic, sampleHost } from '#test/main/host-sample.ts';

function hostWith(addresses: readonly HostAddress[]): HostView {
  const facts = sampleHost({ addresses: [...addresses] });
  return {
    facts,
    readAt: '2026-11-22T00:00:00.000Z',
    tookMs: 1,
    usableAddresses: { ipv4: usableAddresses(facts, 'ipv4'), ipv6: usableAddresses(facts, 'ipv6') },
  };
}

describe('addresses to pick from', () => {
  const host = hostWith([
    nic('127.0.0.1', { loopback: true, class: 'loopback', interface: 'Loopback' }),
    nic('10.0.0.4'),
    nic('10.0.0.5'),
    nic('169.254.3.4', { notDefaultBecause: 'link-local address' }),
    nic('fd00::4'),
  ]);

  test('are the usable ones, and the others with why the lab leaves them', () => {
    const { usable, others, byDefault } = addressChoices(host, 'ipv4', null);
    expect(usable.map(({ address }) => address)).toEqual(['10.0.0.4', '10.0.0.5']);
    expect(others.map(({ address, note }) => [address, note])).toEqual([
      ['127.0.0.1', 'loopback'],
      ['169.254.3.4', 'link-local address'],
    ]);
    expect(byDefault).toEqual(['10.0.0.4', '10.0.0.5']);
  });

  test('are of one family', () => {
    const { usable, standIns, byDefault } = addressChoices(host, 'ipv6', null);
    expect(usable.map(({ address }) => address)).toEqual(['fd00::4']);
    expect(standIns).toEqual([]);
    expect(byDefault).toEqual([]);
  });

  test('are loopback stand-ins where a host has fewer than two usable ones', () => {
    const { byDefault } = addressChoices(hostWith([nic('10.0.0.4')]), 'ipv4', null);
    expect(byDefault).toEqual(['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5']);
    expect(addressChoices(hostWith([]), 'ipv4', 2).byDefault).toEqual(['127.0.0.2', '127.0.0.3']);
  });
});
