import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '#engine/model/address.ts';
import {
  addressText,
  readPort,
  sameAddress,
  sockaddrOf,
  writePort,
} from '#native/layout/sockaddr.ts';

function sockaddr(text: string): Buffer {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(`${text} is no address`);
  return sockaddrOf(address);
}

describe('socket addresses', () => {
  it('are the documented bytes for IPv4', () => {
    const buffer = sockaddr('127.0.0.5');
    writePort(buffer, 50_000);
    expect(buffer.toString('hex')).toBe('0200c3507f0000050000000000000000');
  });

  it('are the documented bytes for IPv6, the scope in host order', () => {
    const buffer = sockaddr('fe80::1%7');
    writePort(buffer, 443);
    expect(buffer.toString('hex')).toBe('170001bb00000000fe80000000000000000000000000000107000000');
  });

  it('give back every address and port that was written', () => {
    const text = fc.oneof(fc.ipV4(), fc.ipV6());
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 65_535 }), (spelled, port) => {
        const address = parseAddress(spelled);
        fc.pre(address !== undefined);
        const buffer = sockaddrOf(address);
        writePort(buffer, port);
        expect(readPort(buffer)).toBe(port);
        expect(parseAddress(addressText(buffer) ?? '')?.text).toBe(address.text);
      }),
    );
  });

  it('are the same address whatever the port, and not another one', () => {
    const a = sockaddr('10.0.0.1');
    const b = sockaddr('10.0.0.1');
    writePort(b, 9);
    expect(sameAddress(a, b)).toBe(true);
    expect(sameAddress(a, sockaddr('10.0.0.2'))).toBe(false);
    expect(sameAddress(a, sockaddr('::1'))).toBe(false);
    expect(sameAddress(sockaddr('fe80::1%3'), sockaddr('fe80::1%4'))).toBe(false);
  });

  it('of another family have no text', () => {
    expect(addressText(Buffer.from('11000000000000000000000000000000', 'hex'))).toBeUndefined();
  });
});
