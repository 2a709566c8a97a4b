/** Where a text stops being JSON, and why. Line and column count from 1. */
export class JsoncError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(reason: string, line: number, column: number) {
    super(`line ${line}, column ${column}: ${reason}`);
    this.name = 'JsoncError';
    this.line = line;
    this.column = column;
  }
}

export interface Jsonc {
  readonly value: unknown;
  /** The line an object or array of `value` begins in. */
  lineOf(container: object): number | undefined;
}

/** Deeper than anything the lab reads, and far from the end of the stack. */
const MOST_DEPTH = 64;

/**
 * Parses JSON as people write it: with comments and trailing commas. Otherwise as strict as JSON, and
 * stricter in one thing: a key that comes twice is an error, because one of the two is a mistake.
 * @throws JsoncError
 */
export function parseJsonc(text: string): Jsonc {
  return new Parser(text).parse();
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z_$][\w$]*/y;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Control characters must be escaped, line ends too. */
const FIRST_PRINTABLE = 0x20;

const WORDS = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  readonly #starts = new Map<object, number>();

  constructor(text: string) {
    this.#text = text;
    // Editors on Windows put a byte order mark first.
    if (text.startsWith('\uFEFF')) this.#at = 1;
  }

  parse(): Jsonc {
    this.#skip();
    const value = this.#value();
    this.#skip();
    if (this.#at < this.#text.length)
      throw this.#error('something follows the end of the document');
    return {
      value,
      lineOf: (container) => {
        const start = this.#starts.get(container);
        return start === undefined ? undefined : this.#place(start).line;
      },
    };
  }

  #value(): unknown {
    const start = this.#at;
    const character = this.#text[start];
    if (character === '{' || character === '[') {
      if (++this.#depth > MOST_DEPTH) throw this.#error(`nested deeper than ${MOST_DEPTH} levels`);
      const container = character === '{' ? this.#object() : this.#array();
      this.#depth--;
      this.#starts.set(container, start);
      return container;
    }
    if (character === '"') return this.#string();
    const number = this.#match(NUMBER);
    if (number !== undefined) return Number(number);
    const word = this.#match(WORD);
    if (word !== undefined && WORDS.has(word)) return WORDS.get(word);
    this.#at = start;
    if (character === undefined) throw this.#error('the text ends where a value is expected');
    throw this.#error(
      word === undefined
        ? `a value is expected, not ${quoted(character)}`
        : `${quoted(word)} is no value; text needs double quotes`,
    );
  }

  #object(): object {
    const entries = new Map<string, unknown>();
    this.#at++;
    for (this.#skip(); !this.#take('}'); this.#skip()) {
      const start = this.#at;
      if (this.#text[start] !== '"') {
        throw this.#error(
          start < this.#text.length
            ? `a field name in double quotes or "}" is expected, not ${quoted(this.#text[start] ?? '')}`
            : 'the text ends inside an object',
        );
      }
      const key = this.#string();
      if (entries.has(key)) throw this.#error(`the field ${quoted(key)} comes twice`, start);
      this.#skip();
      if (!this.#take(':')) throw this.#error(`a colon is expected after ${quoted(key)}`);
      this.#skip();
      entries.set(key, this.#value());
      this.#separate('}');
    }
    // Makes own properties of all keys, __proto__ too.
    return Object.fromEntries(entries);
  }

  #array(): unknown[] {
    const items: unknown[] = [];
    this.#at++;
    for (this.#skip(); !this.#take(']'); this.#skip()) {
      items.push(this.#value());
      this.#separate(']');
    }
    return items;
  }

  /** A comma, or the end of the container, which is left for its loop. */
  #separate(end: string): void {
    this.#skip();
    if (this.#take(',') || this.#text[this.#at] === end) return;
    const found = this.#text[this.#at];
    throw this.#error(
      found === undefined
        ? `the text ends before ${quoted(end)}`
        : `a comma or ${quoted(end)} is expected, not ${quoted(found)}`,
    );
  }

  #string(): string {
    const start = this.#at;
    let at = start + 1;
    for (let code = this.#text.charCodeAt(at); code !== QUOTE; code = this.#text.charCodeAt(at)) {
      // The end of the text is NaN, which is in no range.
      if (!(code >= FIRST_PRINTABLE)) throw this.#error('this text has no closing quote', start);
      at += code === BACKSLASH ? 2 : 1;
    }
    this.#at = at + 1;
    try {
      return JSON.parse(this.#text.slice(start, this.#at)) as string;
    } catch {
      throw this.#error('this text has a wrong escape in it: write a backslash as \\\\', start);
    }
  }

  /** Passes blanks and comments. */
  #skip(): void {
    for (;;) {
      const character = this.#text[this.#at];
      if (character === ' ' || character === '\t' || character === '\n' || character === '\r') {
        this.#at++;
      } else if (this.#text.startsWith('//', this.#at)) {
        while (this.#at < this.#text.length && !'\n\r'.includes(this.#text[this.#at] ?? '')) {
          this.#at++;
        }
      } else if (this.#text.startsWith('/*', this.#at)) {
        const end = this.#text.indexOf('*/', this.#at + 2);
        if (end < 0) throw this.#error('this comment has no end');
        this.#at = end + 2;
      } else {
        return;
      }
    }
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#text) ?? [];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #error(reason: string, at = this.#at): JsoncError {
    const { line, column } = this.#place(at);
    return new JsoncError(reason, line, column);
  }

  #place(at: number): { line: number; column: number } {
    const before = this.#text.slice(0, at).replace(/^\uFEFF/, '');
    const lines = before.split(/\r\n|\n|\r/);
    return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  }
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
