import { assert, array, constantFrom, jsonValue, nat, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsoncError, parseJsonc } from '#engine/script/jsonc.ts';

/** What a JSON text of these tokens may have anywhere between two of them. */
const BETWEEN = constantFrom(
  '',
  ' ',
  '\n',
  '\r\n\t',
  '// a "comment" { with [ everything, } in it\n',
  '/* one */',
  '/* over\n * lines // and more\n */',
  '//\r',
);

/** Tokens of a JSON text, whatever is between them. */
function tokensOf(json: string): string[] {
  return json.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
}

function outcome(parse: () => unknown): { value: unknown } | 'refused' {
  try {
    return { value: parse() };
  } catch {
    return 'refused';
  }
}

function parsed(text: string): unknown {
  return parseJsonc(text).value;
}

/** A JSON text that has a key twice is refused here and not by JSON.parse. */
function isTwice(text: string): boolean {
  try {
    parseJsonc(text);
    return false;
  } catch (error) {
    return error instanceof JsoncError && error.message.includes('comes twice');
  }
}

describe('what JSON is', () => {
  test('any value reads as JSON.parse reads it, comments and blanks anywhere between', () => {
    assert(
      property(jsonValue(), array(BETWEEN, { minLength: 1 }), (value, between) => {
        const json = JSON.stringify(value);
        const text = tokensOf(json)
          .map((token, i) => token + between[i % between.length])
          .join('');
        expect(parsed(text)).toStrictEqual(JSON.parse(json));
        expect(parsed(`\uFEFF${json}`)).toStrictEqual(JSON.parse(json));
      }),
      { numRuns: 300 },
    );
  });

  test('text that JSON.parse refuses is refused, text it takes is taken', () => {
    const words = ['true', 'null', '"a"', '"\\u00e9"', '"\\x"', '01', '1.', '-', '1e5', 'NaN'];
    const characters = [...'{}[]:,"\\/*-+.0123eE\n \u0007'];
    const piece = constantFrom(...characters, ...words);
    assert(
      property(array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        // What only this parser takes, or takes otherwise, is not compared.
        if (/\/[/*]|,\s*[\]}]/.test(text) || isTwice(text)) return;
        expect(outcome(() => parsed(text))).toStrictEqual(outcome(() => JSON.parse(text)));
      }),
      { numRuns: 5_000 },
    );
  });

  test('whatever it is given, it answers with a value or with a place', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 200 }), (text) => {
        try {
          parseJsonc(text);
        } catch (error) {
          expect(error).toBeInstanceOf(JsoncError);
        }
      }),
      {
        numRuns: 2_000,
        examples: [['['.repeat(200)], ['{"a":'.repeat(50)], ['"\\'], ['/*'], ['/']],
      },
    );
  });
});

describe('what it takes besides', () => {
  test.each([
    ['[1,2,]', [1, 2]],
    ['{"a":1,}', { a: 1 }],
    ['{"a":"// no comment","b":"/* nor */"} // one', { a: '// no comment', b: '/* nor */' }],
    ['// first\n/**/ 7 /* last */', 7],
  ])('%s', (text, value) => {
    expect(parsed(text)).toEqual(value);
  });

  test('a key named __proto__ is a key, and changes no prototype', () => {
    const value = parsed('{"__proto__":{"polluted":1}}') as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect('polluted' in value).toBe(false);
  });

  test('a very long string is no matter', () => {
    const long = 'x\\n'.repeat(1_000_000);
    expect(String(parsed(`"${long}"`)).length).toBe(2_000_000);
  });
});

describe('an error names its place', () => {
  test.each<[string, number, number, RegExp]>([
    ['', 1, 1, /ends where a value/],
    ['[,]', 1, 2, /value is expected, not ","/],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, /comma or "}" is expected/],
    ['{\r\n  "a" 1\r\n}', 2, 7, /colon is expected after "a"/],
    ['{a: 1}', 1, 2, /double quotes/],
    ["['a']", 1, 2, /value is expected, not "'"/],
    ['[tru]', 1, 2, /"tru" is no value/],
    ['["abc\n"]', 1, 2, /no closing quote/],
    ['["\\q"]', 1, 2, /escape/],
    ['[1] 2', 1, 5, /something follows/],
    ['/* no end', 1, 1, /comment has no end/],
    ['{"a":1,\n"a":2}', 2, 1, /"a" comes twice/],
    [`${'['.repeat(80)}`, 1, 65, /deeper than 64/],
  ])('%j', (text, line, column, words) => {
    const error = outcomeError(text);
    expect(error.message).toMatch(words);
    expect([error.line, error.column]).toEqual([line, column]);
  });

  test('a container knows its line', () => {
    const json = parseJsonc('[\n {},\n\n [1]\n]');
    const [object, list] = json.value as [object, object];
    expect(json.lineOf(object)).toBe(2);
    expect(json.lineOf(list)).toBe(4);
    expect(json.lineOf({})).toBeUndefined();
  });
});

test('lines and columns count as editors count', () => {
  assert(
    property(nat(20), nat(20), constantFrom('\n', '\r\n', '\r'), (lines, blanks, ending) => {
      const error = outcomeError(`${ending.repeat(lines)}${' '.repeat(blanks)}?`);
      expect([error.line, error.column]).toEqual([lines + 1, blanks + 1]);
    }),
  );
});

function outcomeError(text: string): JsoncError {
  try {
    parseJsonc(text);
  } catch (error) {
    if (error instanceof JsoncError) return error;
  }
  throw new Error('it was taken');
}
