import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import * as parse from '#main/cli/arguments.ts';

test.each(['-1', '1e3', '0x10', '1.5', ' 5', '', '99999999999', 'NaN', 'Infinity'])(
  'a whole number is not "%s"',
  (text) => {
    expect(() => parse.wholeNumber(0)(text)).toThrow(InvalidArgumentError);
  },
);

test('whole numbers keep their bounds', () => {
  expect(parse.wholeNumber(1, 10)('10')).toBe(10);
  expect(() => parse.wholeNumber(1, 10)('11')).toThrow(/1 to 10/);
  expect(() => parse.wholeNumber(1, 10)('0')).toThrow(InvalidArgumentError);
});

test('a reserve is a number of ports or a share', () => {
  expect(parse.reserve('2000')).toEqual({ kind: 'number', ports: 2_000 });
  expect(parse.reserve('80%')).toEqual({ kind: 'percent', percent: 80 });
  for (const text of ['101%', '-5', '65536', '8.5%', '%', 'all']) {
    expect(() => parse.reserve(text), text).toThrow(InvalidArgumentError);
  }
});

test('a key is set once', () => {
  expect(parse.keyValue('hold=50', { laps: '2' })).toEqual({ laps: '2', hold: '50' });
  expect(parse.keyValue('a=b=c', {})).toEqual({ a: 'b=c' });
  expect(() => parse.keyValue('hold=60', { hold: '50' })).toThrow(/twice/);
  for (const text of ['hold', '=5', '']) {
    expect(() => parse.keyValue(text, {}), text).toThrow(InvalidArgumentError);
  }
});

test('addresses are separated by commas, none of them empty', () => {
  expect(parse.addressList('10.0.0.1, 10.0.0.2')).toEqual(['10.0.0.1', '10.0.0.2']);
  expect(() => parse.addressList('10.0.0.1,')).toThrow(InvalidArgumentError);
});

test('a title is one printable line', () => {
  expect(parse.label('Gateway, before the change')).toBe('Gateway, before the change');
  for (const text of ['', 'two\nlines', 'bell\u0007', 'x'.repeat(201)]) {
    expect(() => parse.label(text), JSON.stringify(text)).toThrow(InvalidArgumentError);
  }
});
