import { expect, test } from 'vitest';
import { ScreenLines } from '#main/cli/screen-lines.ts';

const ESCAPE = '\u001b';
const PIECES = new RegExp(`${ESCAPE}\\[\\d*[A-Z]|[^${ESCAPE}]`, 'gu');
const COMMAND = new RegExp(`^${ESCAPE}\\[(\\d*)([A-Z])$`, 'u');

/** A terminal that understands as much as is needed: lines, up, clear line, clear below. */
class Terminal {
  readonly columns: number;
  readonly rows: number;
  readonly isTTY = true;
  lines: string[] = [''];
  #row = 0;
  #column = 0;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
  }

  write(text: string): boolean {
    for (const [part] of text.matchAll(PIECES)) this.#take(part);
    return true;
  }

  #take(part: string): void {
    const [, count = '', command = ''] = COMMAND.exec(part) ?? [];
    if (part === '\n') {
      this.#row++;
      this.#column = 0;
      this.lines[this.#row] ??= '';
    } else if (part === '\r') this.#column = 0;
    else if (command === 'A') this.#row -= Number(count);
    else if (command === 'K') this.lines[this.#row] = '';
    else if (command === 'J') this.lines.splice(this.#row, Infinity, '');
    else {
      const line = this.lines[this.#row] ?? '';
      this.lines[this.#row] = line.slice(0, this.#column).padEnd(this.#column) + part;
      this.#column++;
      // What is longer goes on in the next line, where nobody expects it.
      if (this.#column > this.columns) this.#take('\n');
    }
  }
}

function drawnOn(terminal: Terminal): ScreenLines {
  return new ScreenLines(terminal as unknown as NodeJS.WriteStream);
}

test('lines are drawn again where they were, fewer or shorter ones, too', () => {
  const terminal = new Terminal(40, 20);
  terminal.write('before\n');
  const lines = drawnOn(terminal);
  lines.draw(['one', 'two is longer', 'three']);
  lines.draw(['ONE', '2']);
  expect(terminal.lines).toEqual(['before', 'ONE', '2', '']);
});

test('what is typed meanwhile is gone with the next drawing', () => {
  const terminal = new Terminal(40, 20);
  const lines = drawnOn(terminal);
  lines.draw(['one', 'two']);
  terminal.write('^C');
  lines.draw(['one', 'two']);
  expect(terminal.lines).toEqual(['one', 'two', '']);
});

test('lines too long or too many for the window are cut, so that none wraps or scrolls', () => {
  const terminal = new Terminal(20, 4);
  const lines = drawnOn(terminal);
  const long = Array.from({ length: 9 }, (_, n) => `${n}`.repeat(50));
  lines.draw(long);
  lines.draw(long);
  expect(terminal.lines).toEqual([...long.slice(0, 3).map((line) => `${line.slice(0, 18)}…`), '']);
});
