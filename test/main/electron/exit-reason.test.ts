import { expect, it } from 'vitest';
import { exitReason } from '#main/electron/service/exit-reason.ts';

it('names the signal or the status', () => {
  expect(exitReason(null, 'SIGKILL', [])).toBe('ended by SIGKILL');
  expect(exitReason(3, null, [])).toBe('exit status 3');
});

it('writes Windows’ own statuses as they are known', () => {
  expect(exitReason(3_221_225_477, null, [])).toBe('exit status 0xC0000005');
});

it('quotes what an uncaught error said, not where', () => {
  const trace = [
    'file:///lab/lab-service.js:12',
    "    throw new TypeError('no such pool');",
    '    ^',
    '',
    'TypeError: no such pool',
    '    at open (file:///lab/lab-service.js:12:9)',
    '',
    'Node.js v22.23.3',
  ];
  expect(exitReason(1, null, trace)).toBe('exit status 1: TypeError: no such pool');
});

it('quotes the last line where there is no error', () => {
  expect(exitReason(2, null, ['first', 'lab-service: wrong use', ''])).toBe(
    'exit status 2: lab-service: wrong use',
  );
});

it('quotes no more than a few lines’ worth', () => {
  expect(exitReason(1, null, ['x'.repeat(5000)]).length).toBeLessThan(400);
});
