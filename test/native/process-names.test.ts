import { expect, it } from 'vitest';
import { parseTasklist } from '#native/host/process-names.ts';

/** Written from the documented form of `tasklist /fo csv /nh`, not measured; German, code page 850. */
const GERMAN = `"System Idle Process","0","Services","0","8 K"
"System","4","Services","0","1.452 K"
"w3wp.exe","4312","Services","0","84.120 K"
"Gesch\u0084ft.exe","5120","RDP-Tcp#0","2","12.004 K"
"a, b.exe","5121","Console","1","12.004 K"
`;

it('names programs by PID, whatever the language and its digits', () => {
  const expected = new Map([
    [0, 'System Idle Process'],
    [4, 'System'],
    [4_312, 'w3wp.exe'],
    [5_120, 'Gesch\ufffdft.exe'],
    [5_121, 'a, b.exe'],
  ]);
  expect(parseTasklist(GERMAN)).toEqual(expected);
  expect(parseTasklist(GERMAN.replaceAll('\n', '\r\n'))).toEqual(expected);
});

it.each([
  ['nothing (Wine)', ''],
  ['a message', 'INFO: No tasks are running which match the specified criteria.'],
  ['a heading', '"Image Name","PID","Session Name","Session#","Mem Usage"'],
  ['a table', 'System                           4 Services                   0      1,452 K'],
  ['a cut line', '"w3wp.exe","43'],
])('leaves out %s', (_case, text) => {
  expect(parseTasklist(text).size).toBe(0);
});
