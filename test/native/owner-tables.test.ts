import { expect, test } from 'vitest';
import { parseOwnerTable } from '#native/host/owner-tables.ts';
import {
  MIB_TCP6ROW_OWNER_PID as TCP6,
  MIB_TCPROW_OWNER_PID as TCP4,
  MIB_UDP6ROW_OWNER_PID as UDP6,
  MIB_UDPROW_OWNER_PID as UDP4,
} from '#native/layout/layouts.ts';

/** A table as iphlpapi writes it: the count, then the rows. */
function table(rowBytes: number, fill: readonly ((row: Buffer) => void)[], extra = 100): Buffer {
  const buffer = Buffer.alloc(4 + rowBytes * fill.length + extra, 0xee);
  buffer.writeUInt32LE(fill.length, 0);
  for (const [index, write] of fill.entries()) {
    const row = buffer.subarray(4 + index * rowBytes, 4 + (index + 1) * rowBytes).fill(0);
    write(row);
  }
  return buffer;
}

function tcp4(state: number, port: number, pid: number, remote = 0): (row: Buffer) => void {
  return (row) => {
    row.writeUInt32LE(state, TCP4.dwState);
    row.set([10, 0, 0, 4], TCP4.dwLocalAddr);
    // Only the low 16 bits mean anything.
    row.writeUInt32LE(0xbeef_0000, TCP4.dwLocalPort);
    row.writeUInt16BE(port, TCP4.dwLocalPort);
    row.set([10, 9, 9, 9], TCP4.dwRemoteAddr);
    row.writeUInt16BE(remote, TCP4.dwRemotePort);
    row.writeUInt32LE(pid, TCP4.dwOwningPid);
  };
}

test('TCP over IPv4: every state, ports in network order, owners', () => {
  const rows = [
    tcp4(2, 443, 4, 12_345),
    tcp4(5, 49_801, 4_312, 443),
    tcp4(8, 49_802, 4_312, 443),
    tcp4(12, 49_803, 0, 443),
    tcp4(3, 49_804, 7, 443),
    tcp4(1, 49_805, 7),
    tcp4(100, 49_806, 7),
  ];
  const { sockets, established } = parseOwnerTable(table(TCP4.size, rows), 'tcp', 'ipv4');
  expect(sockets.map(({ state, port, pid }) => [state, port, pid])).toEqual([
    ['listening', 443, 4],
    ['connected', 49_801, 4_312],
    ['connected', 49_802, 4_312],
    ['time-wait', 49_803, 0],
    ['connected', 49_804, 7],
    ['unknown', 49_805, 7],
    ['bound', 49_806, 7],
  ]);
  expect(sockets[1]).toMatchObject({ local: '10.0.0.4:49801', remote: '10.9.9.9:443' });
  expect(sockets.filter(({ remote }) => remote === null).map(({ port }) => port)).toEqual([
    443, 49_805, 49_806,
  ]);
  expect(established, 'CLOSE_WAIT counts, SYN_SENT does not').toBe(2);
});

test('TCP over IPv6: scopes, short spelling', () => {
  const buffer = table(TCP6.size, [
    (row) => {
      row.set([0xfe, 0x80], TCP6.ucLocalAddr);
      row[TCP6.ucLocalAddr + 15] = 1;
      row.writeUInt32LE(12, TCP6.dwLocalScopeId);
      row.writeUInt16BE(51_000, TCP6.dwLocalPort);
      row[TCP6.ucRemoteAddr + 15] = 1;
      row.writeUInt16BE(443, TCP6.dwRemotePort);
      row.writeUInt32LE(5, TCP6.dwState);
      row.writeUInt32LE(99, TCP6.dwOwningPid);
    },
  ]);
  expect(parseOwnerTable(buffer, 'tcp', 'ipv6').sockets).toEqual([
    {
      port: 51_000,
      pid: 99,
      state: 'connected',
      local: '[fe80::1%12]:51000',
      remote: '[::1]:443',
    },
  ]);
});

test('UDP: bound, nobody at the other end', () => {
  const four = table(UDP4.size, [
    (row) => {
      row.writeUInt16BE(53, UDP4.dwLocalPort);
      row.writeUInt32LE(53, UDP4.dwOwningPid);
    },
  ]);
  expect(parseOwnerTable(four, 'udp', 'ipv4').sockets).toEqual([
    { port: 53, pid: 53, state: 'bound', local: '0.0.0.0:53', remote: null },
  ]);
  const six = table(UDP6.size, [
    (row) => {
      row.writeUInt16BE(5_353, UDP6.dwLocalPort);
      row.writeUInt32LE(8, UDP6.dwOwningPid);
    },
  ]);
  expect(parseOwnerTable(six, 'udp', 'ipv6').sockets[0]).toMatchObject({
    port: 5_353,
    pid: 8,
    local: '[::]:5353',
  });
});

test('a count larger than the buffer is not believed', () => {
  const buffer = table(TCP4.size, [tcp4(2, 443, 4)], 0);
  buffer.writeUInt32LE(1_000_000, 0);
  expect(parseOwnerTable(buffer, 'tcp', 'ipv4').sockets).toHaveLength(1);
});
