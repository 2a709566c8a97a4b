import { describe, expect, it } from 'vitest';
import { GuardDuty } from '#main/guard/guard-duty.ts';
import { toGuardSchema } from '#main/guard/guard-protocol.ts';

/** Ticks as the guard does, ten times a second. @returns the time of the first duty, or null */
function firstDuty(duty: GuardDuty, from: number, to: number): [number, string, boolean] | null {
  for (let now = from; now <= to; now += 100) {
    const due = duty.tick(now);
    if (due.do !== 'nothing') return [now, due.do, due.do === 'end' && due.killLab];
  }
  return null;
}

describe('the guard’s duty', () => {
  it('ends everything, the lab too, five seconds after it was last heard', () => {
    const duty = new GuardDuty(0);
    expect(firstDuty(duty, 100, 3_000)).toBeNull();
    duty.heard();
    expect(firstDuty(duty, 3_100, 20_000)).toEqual([8_000, 'end', true]);
  });

  it('gives a lab that slept along with it a chance to be heard first', () => {
    const duty = new GuardDuty(0);
    expect(firstDuty(duty, 100, 1_000)).toBeNull();
    const woken = 3_600_000;
    expect(duty.tick(woken)).toEqual({ do: 'nothing' });
    expect(firstDuty(duty, woken + 100, woken + 60_000)).toEqual([woken + 3_000, 'end', true]);
  });

  it('leaves the lab’s number alone when its channel closed: it may be somebody else’s', () => {
    expect(new GuardDuty(0).labGone()).toEqual({ do: 'end', killLab: false });
  });

  it('warns once when the host is short, and ends everything two seconds later', () => {
    const duty = new GuardDuty(0);
    expect(duty.starved(1_000)).toEqual({ do: 'warn' });
    expect(duty.starved(1_100)).toEqual({ do: 'nothing' });
    duty.heard();
    expect(firstDuty(duty, 1_100, 10_000)).toEqual([3_000, 'end', true]);
  });

  it('takes for meant what overlapped a window or began within 300 ms after it', () => {
    const duty = new GuardDuty(0);
    expect(duty.isMeant(900), 'before any window').toBe(false);
    duty.setWindow(true, 1_000);
    expect(duty.isMeant(900), 'the window opened during the attempt').toBe(true);
    expect(duty.isMeant(1_500)).toBe(true);
    duty.setWindow(false, 2_000);
    expect(duty.isMeant(1_950), 'it closed during the attempt').toBe(true);
    expect(duty.isMeant(2_299)).toBe(true);
    expect(duty.isMeant(2_300)).toBe(false);
    duty.setWindow(false, 9_000);
    expect(duty.isMeant(9_100), 'it was closed before').toBe(false);
  });

  it('takes no message that is not of the protocol', () => {
    const start = { kind: 'start', protocol: 'tcp', family: 'ipv4', address: '127.0.0.1' };
    const whole = { ...start, ballast: 16, lab: 4_312 };
    expect(toGuardSchema.parse(whole)).toEqual(whole);
    for (const wrong of [
      start,
      { ...whole, lab: 0 },
      { kind: 'watch', pids: [-1] },
      { kind: 'beat', more: 1 },
      { kind: 'shutdown' },
      null,
    ]) {
      expect(toGuardSchema.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
    }
  });
});
