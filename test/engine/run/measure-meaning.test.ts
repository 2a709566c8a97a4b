import { describe, expect, it } from 'vitest';
import { measureMeaning, measureName, measureOwner } from '#engine/run/measures/measure-meaning.ts';

describe('what a measure means', () => {
  it('is told apart from whose it is', () => {
    expect(measureName('port-scalability-2.bindP95Ns')).toEqual({
      strategy: 'port-scalability',
      arm: 2,
      rest: 'bindP95Ns',
    });
    expect(measureName('starved.bind.failed')).toMatchObject({ strategy: null, arm: null });
    expect(measureOwner(measureName('legacy-3.bound'))).toBe('Legacy (no option), arm 3');
    expect(measureOwner(measureName('multiplier'))).toBe('Whole run');
  });

  it.each([
    ['bound', 'count'],
    ['perAddress.most', 'count'],
    ['coverage', 'ratio'],
    ['seconds', 'speed'],
    ['bindsPerSecond', 'speed'],
    ['timeWait.byName.seconds', 'wait'],
    ['late.code', 'code'],
    ['starved.connect.code', 'code'],
    ['SO_PORT_SCALABILITY+SO_REUSEADDR.set', 'code'],
    ['udp.default-wildcard.exclusive-specific', 'code'],
    ['control.step.4', 'code'],
    ['wrongFamily', 'code'],
    ['listener.port', 'port'],
    ['port.2', 'port'],
    ['valueOf', 'count'],
  ])('%s is a %s', (rest, kind) => {
    expect(measureMeaning(rest).kind).toBe(kind);
  });
});
