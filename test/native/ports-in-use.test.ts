import { expect, test } from 'vitest';
import { parseNetstat } from '#native/host/ports-in-use.ts';

/** Written after netstat's form; headings as a German Windows prints them. */
const GERMAN = `
Aktive Verbindungen

  Proto  Lokale Adresse         Remoteadresse          Status
  TCP    0.0.0.0:135            0.0.0.0:0              ABHÖREN
  TCP    10.0.0.4:49801         10.0.9.9:443           HERGESTELLT
  TCP    10.0.0.4:49801         10.0.9.8:443           WARTEND
  TCP    0.0.0.0:50011          0.0.0.0:0              GEBUNDEN
  TCP    [fe80::1%12]:51000     [::]:0                 ABHÖREN
  UDP    0.0.0.0:5353           *:*
`;

test('local ports are read by position, whatever the language, each once', () => {
  expect([...parseNetstat(GERMAN, 'tcp')].toSorted()).toEqual([135, 49_801, 50_011, 51_000]);
  expect([...parseNetstat(GERMAN, 'udp')]).toEqual([5_353]);
});

test('what is no table gives nothing', () => {
  for (const text of ['', 'netstat: not found', 'TCP', 'TCP x:99999 y:1 z', '\u0000\u0001']) {
    expect(parseNetstat(text, 'tcp').size, text).toBe(0);
  }
});
