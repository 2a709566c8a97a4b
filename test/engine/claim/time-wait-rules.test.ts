import { describe, expect, it } from 'vitest';
import type { Back, TimeWaitEvidence } from '#engine/claim/rules/time-wait-evidence.ts';
import { TIME_WAIT_RULES } from '#engine/claim/rules/time-wait-rules.ts';

const ALL = { tried: 10, succeeded: 10 };
const NONE = { tried: 10, succeeded: 0 };

/** Ports kept from wildcard binds only, that came back between two looks, seconds after the close. */
function keptUntil(takenAt: number, freeAt: number): TimeWaitEvidence {
  const wildcard: Back = { takenAt, freeAt, ports: 10 };
  return {
    explicit: { closedHere: ALL, closedThere: ALL, boundOnly: ALL },
    wildcard: {
      swept: 300,
      refused: false,
      met: { closedHere: NONE, closedThere: ALL, boundOnly: ALL },
    },
    again: { closedHere: ALL, reset: ALL, codes: [] },
    back: { explicit: null, wildcard, again: null },
  };
}

function length(takenAt: number, freeAt: number): string | undefined {
  const { answers } = TIME_WAIT_RULES;
  const own = keptUntil(takenAt, freeAt);
  const said = answers({ own } as Parameters<typeof answers>[0]);
  return said.find(({ id }) => id === 'A21')?.value;
}

describe('how long TIME_WAIT lasts', () => {
  it.each([
    [58, 62, '60'],
    // As seen under Wine, whose timers are Linux's: late.
    [64.6, 72.6, '60'],
    [60.1, 66.3, '60'],
    [112, 121, '120'],
    [236, 244, '240'],
    [186, 194, '180'],
  ])('taken at %d s and free at %d s is read as %s s', (takenAt, freeAt, value) => {
    expect(length(takenAt, freeAt)).toBe(value);
  });

  it.each([
    // A timer that runs early, or none of the values there are.
    [40, 50],
    [70, 80],
    [145, 160],
    // Two would do.
    [30, 62],
  ])('taken at %d s and free at %d s is left open', (takenAt, freeAt) => {
    expect(length(takenAt, freeAt)).toBeUndefined();
  });
});
