import { describe, expect, test } from 'vitest';
import { diagnose } from '#engine/doctor/diagnose.ts';
import type { HeadroomRow } from '#engine/doctor/doctor-document.ts';
import {
  countedEvents,
  headroomOf,
  holderName,
  lookWords,
  remoteWords,
  seenWords,
  ticketText,
  tightestPool,
} from '#renderer/screens/doctor/doctor-words.ts';
import { held, look, many } from '#test/engine/doctor/sample-look.ts';

const row = (total: number | null, freeOnAll: number | null): HeadroomRow => ({
  protocol: 'tcp',
  family: 'ipv4',
  total,
  used: total === null || freeOnAll === null ? null : total - freeOnAll,
  freeOnAll,
});

/** Out of TCP IPv4 ports, by one program to one endpoint. */
const SICK = diagnose(
  look(
    {
      tcp4: [
        ...many(995, 0, { remote: '10.0.9.40:443' }),
        held(50_998, { pid: 0, state: 'time-wait', remote: '10.0.9.40:443' }),
      ],
    },
    {
      events: [
        { id: 4231, at: '2026-01-02T03:01:05.000Z', text: 'none was left' },
        { id: 4227, at: '2026-01-02T03:00:05.000Z', text: 'used too soon' },
        { id: 4227, at: '2026-01-02T02:00:05.000Z', text: 'used too soon' },
      ],
    },
  ),
);

describe('headroom of a pool', () => {
  test('is told in figures and in a word, by the same limits as the advice', () => {
    expect(headroomOf(row(1_000, 10))).toMatchObject({ level: 'out', words: '1 %, exhausted' });
    expect(headroomOf(row(1_000, 100))).toMatchObject({ level: 'low', words: '10 %, few left' });
    expect(headroomOf(row(16_384, 16_000))).toMatchObject({
      level: 'well',
      free: '16,000',
      of: 'of 16,384 free on all',
      words: '97.7 %, fine',
    });
  });

  test('is unknown where the range or who holds it is, never a figure', () => {
    for (const unknown of [row(null, null), row(1_000, null)]) {
      expect(headroomOf(unknown)).toMatchObject({ free: 'unknown', level: 'unknown', words: '' });
      expect(headroomOf(unknown).share).toBeNull();
    }
    // A range of no numbers has no share.
    expect(headroomOf(row(0, 0)).share).toBeNull();
  });

  test('the tightest pool comes first, unknown ones last', () => {
    expect(tightestPool(SICK.headroom)).toBe('tcp4');
    const udp: HeadroomRow = { ...row(100, 5), protocol: 'udp' };
    expect(tightestPool([row(null, null), udp])).toBe('udp4');
    expect(tightestPool([])).toBe('tcp4');
  });
});

test('holders are named, and what has no owner is said to have none', () => {
  const [first] = SICK.holders;
  expect(holderName(first!)).toBe('w3wp.exe');
  expect(holderName({ ...first!, pid: 0, name: '' })).toBe('no owner known');
  expect(holderName({ ...first!, name: '' })).toBe('unknown');
  expect(remoteWords(first!)).toBe('10.0.9.40:443, 995 of these');
  expect(remoteWords({ ...first!, remote: '34 endpoints', toRemote: 0 })).toBe('34 endpoints');
  expect(remoteWords({ ...first!, remote: '' })).toBe('–');
});

test('events are counted by id, with the newest of each', () => {
  expect(countedEvents(SICK.events)).toEqual([
    { id: 4227, text: 'used too soon', count: 2, last: '2026-01-02T03:00:05.000Z' },
    { id: 4231, text: 'none was left', count: 1, last: '2026-01-02T03:01:05.000Z' },
  ]);
});

test('what is unexplained is a number, nothing, or unknown', () => {
  expect(seenWords({ ...SICK, seen: 5, unexplained: 0 })).toBe('5 sockets seen, all explained');
  expect(seenWords({ ...SICK, unexplained: 12 })).toContain('12 unexplained');
  expect(seenWords({ ...SICK, unexplained: null })).toContain('is unknown');
});

describe('the text for a ticket', () => {
  test('begins with the advice and says where it comes from', () => {
    const lines = ticketText(SICK).split('\n');
    expect(lines[0]).toBe(SICK.advice);
    expect(lines[1]).toMatch(/^REAL · SAMPLE-1 · Windows Server 2022/);
    const wine = ticketText({ ...SICK, basis: 'wine', wine: '8.0' });
    expect(wine).toContain('WINE, no evidence about Windows');
    expect(wine).toContain('Wine 8.0');
    expect(ticketText({ ...SICK, basis: 'modelled' })).toContain('SIMULATED');
  });

  test('has figures, holders, events, oddities and commands; leaves out what there is none of', () => {
    const text = ticketText(SICK);
    for (const part of ['TCP IPv4: 4 of 1,000', 'w3wp.exe (PID 4312)', '4227, 2×', 'Do: ']) {
      expect(text).toContain(part);
    }
    expect(text).toContain(SICK.powershell);
    expect(text).not.toContain('Not known');
  });

  test('a modelled look took no time to speak of', () => {
    expect(lookWords(SICK)).toContain('took 1.2 s');
    expect(lookWords({ ...SICK, basis: 'modelled' })).not.toContain('took');
  });
});
