import { describe, expect, test } from 'vitest';
import { MARK } from '#engine/event/mark.ts';
import { OP } from '#engine/event/op.ts';
import { isWildcard } from '#engine/model/address.ts';
import { RecordedTrack } from '#renderer/screens/replay/recorded-track.ts';
import { factsOf } from '#renderer/screens/replay/run-facts.ts';
import { recordedFixture, type RecordedFixture } from './recorded-fixture.ts';

function trackOf({ recording, batches }: RecordedFixture): RecordedTrack {
  const track = new RecordedTrack();
  track.addAddresses(recording.addresses);
  for (const batch of batches) track.add(batch);
  track.setFacts(factsOf(recording));
  return track;
}

/** What is held after each event, told from the rows alone: `address port` of each. */
function* holdings({ rows }: RecordedFixture): Generator<ReadonlySet<string>> {
  const held = new Set<string>();
  for (const { op, address, port, code, value } of rows) {
    if (op === OP.mark && value === MARK.armBegin) held.clear();
    const taking = op === OP.getsockname || op === OP.fill;
    const freeing = op === OP.close || op === OP.release;
    const count = op === OP.fill || op === OP.release ? value : 1;
    if (code === 0 && port !== 0) {
      for (let number = port; number < port + count; number++) {
        if (taking) held.add(`${address} ${number}`);
        else if (freeing) held.delete(`${address} ${number}`);
      }
    }
    yield held;
  }
}

describe.each(['wine-starvation', 'wine-walkthrough', 'simulated-starvation', 'simulated-script'])(
  'the recording %s, replayed',
  (name) => {
    const fixture = recordedFixture(name);
    const track = trackOf(fixture);
    const { rows, recording } = fixture;

    test('is the recording, event for event', () => {
      expect(track.rows).toBe(rows.length);
      expect(rows.map((_, seq) => track.frame({ seq }, false).row)).toEqual(rows);
      expect(track.frame({ seq: -1 }, false)).toMatchObject({ row: null, held: 0, t: 0, calls: 0 });
    });

    test('holds after each event what the events say', () => {
      const wildcards = new Set(
        recording.addresses.flatMap((text, id) => (isWildcard(text) ? [String(id)] : [])),
      );
      let seq = 0;
      for (const held of holdings(fixture)) {
        const specific = new Map<string, number>();
        for (const one of held) {
          const [address = '', port = ''] = one.split(' ');
          if (!wildcards.has(address)) specific.set(port, (specific.get(port) ?? 0) + 1);
        }
        const frame = track.frame({ seq }, false);
        expect([seq, frame.held, frame.shared]).toEqual([
          seq,
          held.size,
          [...specific.values()].filter((addresses) => addresses > 1).length,
        ]);
        seq++;
      }
    });

    test('comes with the events around an instant, whatever part of the run it is', () => {
      for (const seq of [-1, 0, 3, Math.floor(rows.length / 2), rows.length - 2, rows.length - 1]) {
        const { around } = track.frame({ seq }, false);
        expect(around).toHaveLength(Math.min(13, rows.length));
        const first = around[0]?.seq ?? 0;
        expect(around).toEqual(rows.slice(first, first + around.length));
        if (seq >= 0) expect(around.map((row) => row.seq)).toContain(seq);
      }
    });

    test('finds every failed call, there and back', () => {
      const failed = rows
        .filter(
          ({ op, code }) => code !== 0 && (op !== OP.connect || code < 10_035 || code > 10_037),
        )
        .map(({ seq }) => seq);
      const walk = (from: number, step: 1 | -1): number[] => {
        const found: number[] = [];
        for (let at = track.errorFrom(from, step); at >= 0; at = track.errorFrom(at, step)) {
          found.push(at);
        }
        return found;
      };
      expect(walk(-1, 1)).toEqual(failed);
      expect(walk(rows.length, -1)).toEqual(failed.toReversed());
    });

    test('a time is the last event that has begun by then', () => {
      const times = [...new Set(rows.map(({ t }) => t))];
      for (const t of times.filter((_, at) => at % 7 === 0)) {
        const { seq } = track.frame({ t }, false);
        expect(rows.slice(0, seq + 1).every((row) => row.t <= t)).toBe(true);
        expect(rows[seq + 1]?.t ?? Infinity).toBeGreaterThan(t);
      }
    });
  },
);

describe('the port map of an instant', () => {
  test('is of the span a Wine run met, whose range nobody told', () => {
    const fixture = recordedFixture('wine-starvation');
    const track = trackOf(fixture);
    const { span } = track.overview(true);
    const ports = fixture.rows
      .filter(({ op, code, port }) => op === OP.getsockname && code === 0 && port !== 0)
      .map(({ port }) => port);
    // The listener's own port was named, and is none the system chose.
    expect(span?.start).toBeGreaterThanOrEqual(Math.min(...ports));
    expect((span?.start ?? 0) + (span?.count ?? 0) - 1).toBeLessThanOrEqual(Math.max(...ports));
    const { map, free } = track.frame({ seq: fixture.rows.length - 1 }, true);
    expect([map?.start, map?.holders.length]).toEqual([span?.start, span?.count]);
    expect(free).toBeNull();
  });

  test('shows the numbers of a known range, free ones counted without exclusions', () => {
    const fixture = recordedFixture('simulated-starvation');
    const track = trackOf(fixture);
    let most = 0;
    for (let seq = 0; seq < fixture.rows.length; seq++) {
      const { map, free, held } = track.frame({ seq }, true);
      const holders = [...(map?.holders ?? [])];
      const taken = holders.filter((one) => one > 0).length;
      expect(free).toBe(holders.length - taken);
      most = Math.max(most, held);
    }
    expect(most).toBe(fixture.recording.document.safety.peakHeld);
  });
});
