import { describe, expect, test } from 'vitest';
import { ObservedSpan } from '#engine/lockstep/observed-span.ts';
import { OWN_PROFILE, type ModelWish } from '#engine/lockstep/profile-beside.ts';
import { ModelLane } from '#renderer/screens/replay/model-lane.ts';
import { firstWish, profileChoices } from '#renderer/screens/replay/model-wish.ts';
import { factsOf } from '#renderer/screens/replay/run-facts.ts';
import { otherValues, settable, switchOf } from '#renderer/screens/replay/switches.ts';
import { recordedFixture, type RecordedFixture } from './recorded-fixture.ts';

function laneOf({ recording, batches }: RecordedFixture, wish: ModelWish): ModelLane {
  const observed = new ObservedSpan();
  for (const batch of batches) observed.add(batch);
  const lane = new ModelLane({
    run: recording.document.run,
    facts: factsOf(recording),
    texts: recording.addresses,
    observed,
    id: 1,
    wish,
  });
  for (const batch of batches) lane.add(batch);
  lane.end();
  return lane;
}

const wine = recordedFixture('wine-starvation');
const simulated = recordedFixture('simulated-starvation');

describe('a model beside a recording', () => {
  test('a Wine run answers as profile wine-8 does, and not as documented', () => {
    const like = laneOf(wine, { profile: 'wine-8', switches: {} }).overview();
    expect(like.kinds.map(({ text }) => text)).toEqual([]);
    expect(like).toMatchObject({ profile: 'wine-8', rangesGuessed: true, complete: true });
    const other = laneOf(wine, { profile: 'documented', switches: {} }).overview();
    expect(other.kinds.length).toBeGreaterThan(0);
    const places = other.kinds.reduce((sum, { count }) => sum + count, 0);
    expect(other.places.seq).toHaveLength(places);
    expect([...other.places.seq]).toEqual([...other.places.seq].toSorted((a, b) => a - b));
    other.places.seq.forEach((seq, at) => expect(other.places.t[at]).toBe(wine.rows[seq]?.t));
  });

  test('tells of every difference where it is, and of the last one after it', () => {
    const lane = laneOf(wine, { profile: 'documented', switches: {} });
    const { places, kinds } = lane.overview();
    places.seq.forEach((seq, at) => {
      const { difference, before, covered, answers } = lane.frame(seq, seq, seq + 2);
      expect(difference?.seq).toBe(seq);
      expect(difference?.kind).toBe(kinds[places.kind[at] ?? -1]?.kind);
      // Two at one event count both.
      expect(before).toBeGreaterThanOrEqual(at);
      expect([covered, answers[0]?.difference]).toEqual([true, difference]);
    });
    const first = places.seq[0] ?? 0;
    expect(lane.frame(first - 1, 0, 0)).toMatchObject({ difference: null, before: 0 });
  });

  test('an assumption set otherwise makes other differences, those it decided gone', () => {
    const asked = { profile: 'documented', switches: {} };
    const before = laneOf(wine, asked).overview();
    const decided = before.kinds.filter(({ assumptions }) => assumptions.includes('A18'));
    expect(decided.map(({ text }) => text)).toEqual([
      expect.stringContaining('can be set but not read back'),
    ]);
    const known = switchOf(before.assumptions, 'A18');
    const [value = ''] = known === undefined ? [] : otherValues(known);
    const after = laneOf(wine, { ...asked, switches: { A18: value } }).overview();
    expect(after.assumptions['A18']).toBe(value);
    const kinds = (of: typeof after): string[] => of.kinds.map(({ kind }) => kind);
    expect(kinds(after)).toEqual(kinds(before).filter((kind) => kind !== decided[0]?.kind));
  });

  test('a modelled run beside its own rules is that run, call for call', () => {
    const lane = laneOf(simulated, firstWish(simulated.recording.document));
    expect(lane.overview().kinds).toEqual([]);
    const { answers } = lane.frame(0, 0, simulated.rows.length);
    const answered = answers.filter(({ call }) => call !== null);
    expect(answered.length).toBeGreaterThan(simulated.rows.length / 2);
    for (const { seq, call } of answered) expect(call?.code).toBe(simulated.rows[seq]?.code);
  });

  test('says how far it came while it is made', () => {
    const { recording, batches } = simulated;
    const lane = new ModelLane({
      run: recording.document.run,
      facts: factsOf(recording),
      texts: recording.addresses,
      observed: new ObservedSpan(),
      id: 7,
      wish: { profile: OWN_PROFILE, switches: {} },
    });
    expect(lane.overview()).toMatchObject({ id: 7, rows: 0, complete: false, stopped: null });
    expect(lane.frame(0, 0, 1)).toMatchObject({ covered: false, held: 0 });
    const [first] = batches;
    if (first !== undefined) lane.add(first);
    expect(lane.overview().rows).toBe(first?.length);
    expect(lane.frame((first?.length ?? 0) - 1, 0, 0).covered).toBe(true);
    expect(lane.frame(first?.length ?? 0, 0, 0).covered).toBe(false);
  });
});

describe('whose rules there are', () => {
  test('a real run begins beside those it was compared with, a modelled one beside its own', () => {
    expect(firstWish(wine.recording.document)).toEqual({ profile: 'documented', switches: {} });
    expect(firstWish(simulated.recording.document).profile).toBe(OWN_PROFILE);
    expect(profileChoices(wine.recording.document).map(({ profile }) => profile)).toContain(
      'wine-8',
    );
    expect(profileChoices(wine.recording.document).map(({ profile }) => profile)).not.toContain(
      OWN_PROFILE,
    );
    expect(profileChoices(simulated.recording.document)[0]?.profile).toBe(OWN_PROFILE);
  });

  test('every choice makes a model of the run', () => {
    for (const fixture of [wine, simulated]) {
      for (const { profile } of profileChoices(fixture.recording.document)) {
        const { complete, rows } = laneOf(fixture, { profile, switches: {} }).overview();
        expect([profile, complete, rows]).toEqual([profile, true, fixture.rows.length]);
      }
    }
  });

  test('a switch can be set to each of its other values, once however it is called', () => {
    const { assumptions } = laneOf(wine, { profile: 'documented', switches: {} }).overview();
    const all = settable(assumptions);
    expect(new Set(all.map((one) => one.switch)).size).toBe(all.length);
    for (const one of all) {
      expect(otherValues(one)).not.toContain(one.value);
      expect(otherValues(one).length).toBeGreaterThan(0);
    }
    // By its other name, too.
    expect(switchOf(assumptions, 'PS-4')?.switch).toBe('A3');
  });
});
