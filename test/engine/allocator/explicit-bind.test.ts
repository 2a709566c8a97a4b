import { describe, expect, it } from 'vitest';
import type { SocketOption } from '#engine/model/socket-option.ts';
import { A, ANY, B, bindOne, hostWith, OPTION, socketWith } from './stack-under-test.ts';

const PORT = 8_080;
const MODES: readonly (readonly SocketOption[])[] = [[], ['SO_REUSEADDR'], ['SO_EXCLUSIVEADDRUSE']];
const PLACES = MODES.flatMap((options) => [ANY, A].map((address) => ({ options, address })));

// "Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE", same user, Server 2003 and later:
// rows hold, columns come; default, reuse, exclusive, each W then S.
const TABLE = ['USASUS', 'SUSAUU', 'USSSUS', 'SUSSUU', 'UAAAUA', 'SUSAUU'];
const CODE: Readonly<Record<string, number>> = { S: PORT, U: -10048, A: -10013 };

describe('binds to a port number the application names', () => {
  it('follow the published table in all 36 cases, TCP and UDP, inside the range and out of it', () => {
    for (const protocol of ['tcp', 'udp'] as const) {
      for (const [row, held] of PLACES.entries()) {
        for (const [column, second] of PLACES.entries()) {
          const stack = hostWith();
          expect(bindOne(stack, held.address, held.options, PORT, protocol)).toBe(PORT);
          const got = bindOne(stack, second.address, second.options, PORT, protocol);
          expect(got, `${protocol} row ${row} column ${column}`).toBe(CODE[TABLE[row]![column]!]);
        }
      }
    }
  });

  it('never conflict between two different specific addresses', () => {
    for (const first of MODES) {
      for (const second of MODES) {
        const stack = hostWith();
        expect(bindOne(stack, A, first, PORT)).toBe(PORT);
        expect(bindOne(stack, B, second, PORT)).toBe(PORT);
      }
    }
  });

  it('over an option-held number: 10048, 10013 with SO_REUSEADDR, fine elsewhere and on 0.0.0.0', () => {
    const stack = hostWith();
    const port = bindOne(stack, A, [OPTION]);
    expect(bindOne(stack, A, [], port)).toBe(-10048);
    expect(bindOne(stack, A, ['SO_REUSEADDR'], port)).toBe(-10013);
    expect(bindOne(stack, ANY, ['SO_EXCLUSIVEADDRUSE'], port)).toBe(-10048);
    expect(bindOne(stack, B, [], port)).toBe(port);
    expect(bindOne(stack, ANY, [], port)).toBe(port);
  });

  it('free a shared place only when its last holder is gone', () => {
    const stack = hostWith();
    const [one, two] = [socketWith(stack, ['SO_REUSEADDR']), socketWith(stack, ['SO_REUSEADDR'])];
    for (const socket of [one, two]) expect(stack.bind(socket, stack.intern(A), PORT)).toBe(0);
    expect(bindOne(stack, A, [], PORT)).toBe(-10048);
    stack.close(one);
    expect(bindOne(stack, A, [], PORT)).toBe(-10048);
    stack.close(two);
    expect(bindOne(stack, A, [], PORT)).toBe(PORT);
  });

  it('inside the range take the number from option-less sockets, not from option sockets elsewhere', () => {
    const stack = hostWith();
    for (let port = 50_000; port < 50_040; port++) bindOne(stack, A, [], port);
    expect(bindOne(stack, B)).toBe(-10055);
    expect(bindOne(stack, B, [OPTION])).toBeGreaterThan(0);
  });

  it('answer in order: bound already, wrong family, not this host, excluded, conflict', () => {
    const stack = hostWith({}, { excludedRanges: [{ protocol: 'tcp', start: PORT, count: 1 }] });
    const socket = socketWith(stack);
    expect(stack.bind(socket, stack.intern('fd00::99'), PORT)).toBe(10014);
    expect(stack.bind(socket, stack.intern('10.8.8.8'), PORT)).toBe(10049);
    expect(stack.bind(socket, stack.intern(A), PORT)).toBe(10013);
    expect(stack.bind(socket, stack.intern(A), 0)).toBe(0);
    expect(stack.bind(socket, stack.intern('10.8.8.8'), PORT)).toBe(10022);
  });

  it('on :: with IPV6_V6ONLY off need both families, and hold both until close', () => {
    const stack = hostWith();
    const dual = (): number => {
      const socket = stack.socket('tcp', 'ipv6');
      stack.setsockopt(socket, 'IPV6_V6ONLY', 0);
      return socket;
    };
    const listener = dual();
    expect(stack.bind(listener, stack.intern('::'), PORT)).toBe(0);
    expect(bindOne(stack, ANY, [], PORT)).toBe(-10048);
    expect(stack.bind(dual(), stack.intern('::'), PORT)).toBe(10048);
    stack.close(listener);
    expect(bindOne(stack, ANY, [], PORT)).toBe(PORT);
    expect(stack.bind(dual(), stack.intern('::'), PORT)).toBe(10048);
    const v6only = stack.socket('tcp', 'ipv6');
    expect(stack.bind(v6only, stack.intern('::'), PORT)).toBe(0);
  });

  it('meet a TIME_WAIT as they met its socket: by its mode, in all 36 cases, until it ends', () => {
    for (const [row, held] of PLACES.entries()) {
      for (const [column, second] of PLACES.entries()) {
        const stack = hostWith();
        const socket = socketWith(stack, held.options);
        stack.bind(socket, stack.intern(held.address), PORT);
        expect(stack.connect(socket, stack.intern('203.0.113.1'), 443)).toBe(0);
        stack.close(socket);
        const got = bindOne(stack, second.address, second.options, PORT);
        expect(got, `row ${row} column ${column}`).toBe(CODE[TABLE[row]![column]!]);
        stack.closeAll();
        stack.advance(120e9);
        expect(bindOne(stack, second.address, second.options, PORT)).toBe(PORT);
      }
    }
  });

  it('meet a connection of the auto-reuse range as a holder of default mode, whatever its mode', () => {
    for (const options of MODES) {
      for (const [column, second] of PLACES.entries()) {
        const stack = hostWith({}, { autoReuseRange: { start: PORT, count: 1 } });
        const socket = socketWith(stack, [...options, 'SO_REUSE_UNICASTPORT']);
        stack.bind(socket, stack.intern(A), 0);
        expect(stack.connect(socket, stack.intern('203.0.113.1'), 443)).toBe(0);
        expect(stack.getsockname(socket)).toBe(PORT);
        const got = bindOne(stack, second.address, second.options, PORT);
        expect(got, `column ${column}`).toBe(CODE[TABLE[1]![column]!]);
      }
    }
  });

  it('keep out of a reservation that is not theirs, and go by the table inside their own', () => {
    const stack = hostWith();
    const holder = socketWith(stack);
    expect(stack.reserve(holder, PORT, 3)).toBe(PORT);
    expect(bindOne(stack, A, [], PORT + 1)).toBe(-10013);
    expect(bindOne(stack, ANY, ['SO_REUSEADDR'], PORT + 1)).toBe(-10013);
    const member = (): number => {
      const socket = socketWith(stack);
      expect(stack.associate(socket, holder)).toBe(0);
      return stack.bind(socket, stack.intern(A), PORT + 1);
    };
    expect([member(), member()]).toEqual([0, 10048]);
    expect(bindOne(stack, A, [], PORT + 1)).toBe(-10013);
    stack.close(holder);
    // The block is gone, the socket bound from it is not.
    expect(bindOne(stack, A, [], PORT + 1)).toBe(-10048);
    expect(bindOne(stack, B, [], PORT + 1)).toBe(PORT + 1);
    expect(bindOne(stack, A, [], PORT + 2)).toBe(PORT + 2);
  });

  it('meet an accepted connection on the address it came to, after its listener is gone', () => {
    const stack = hostWith();
    const listener = socketWith(stack);
    stack.bind(listener, stack.intern(ANY), PORT);
    stack.listen(listener, 1);
    expect(stack.connect(socketWith(stack), stack.intern(B), PORT)).toBe(0);
    const accepted = stack.accept(listener);
    expect(stack.getsockname(accepted)).toBe(PORT);
    stack.close(listener);
    expect(bindOne(stack, B, [], PORT)).toBe(-10048);
    expect(bindOne(stack, A, [], PORT)).toBe(PORT);
    stack.close(accepted, 'abort');
    expect(bindOne(stack, B, [], PORT)).toBe(PORT);
  });

  it('are told of an exclusion before anything a switch says of option-held numbers', () => {
    const blocked = { A7: 'blocked', A8: 'denied', A9: 'blocked', A29: 'option-less' };
    const stack = hostWith(blocked, {
      excludedRanges: [{ protocol: 'tcp', start: 50_000, count: 40 }],
    });
    const port = bindOne(stack, A, [OPTION]);
    expect(port).toBeGreaterThan(0);
    for (const address of [A, B, ANY]) expect(bindOne(stack, address, [], port)).toBe(-10013);
  });
});
