import { expect, test } from 'vitest';
import { parseTcpipEvents } from '#native/host/tcpip-events.ts';

/** In the documented form of `wevtutil qe /f:xml`: no root, single quotes. Not measured. */
function event(id: string, time: string, name = 'Tcpip'): string {
  return (
    `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='${name}'/>` +
    `${id}<Level>3</Level><TimeCreated SystemTime='${time}'/><Computer>SAMPLE-1</Computer></System>` +
    `<EventData><Data>Text in whatever language &amp; 4266</Data></EventData></Event>`
  );
}

test('id and time of each event, in the order printed, whatever the language', () => {
  const xml =
    event("<EventID Qualifiers='32768'>4231</EventID>", '2026-11-27T02:11:52.123456700Z') +
    '\r\n' +
    event('<EventID>4227</EventID>', '2026-11-26T23:00:00.000000000Z');
  expect(parseTcpipEvents(xml)).toEqual([
    { id: 4231, at: '2026-11-27T02:11:52.123Z', text: expect.stringContaining('TCP') },
    { id: 4227, at: '2026-11-26T23:00:00.000Z', text: expect.stringContaining('TIME_WAIT') },
  ]);
});

test('nothing in what is no such event', () => {
  expect(parseTcpipEvents('')).toEqual([]);
  expect(parseTcpipEvents('The system cannot find the file specified.')).toEqual([]);
  expect(parseTcpipEvents(event('<EventID>7036</EventID>', '2026-11-26T23:00:00Z'))).toEqual([]);
  expect(parseTcpipEvents(event('<EventID>4231</EventID>', 'yesterday'))).toEqual([]);
});
