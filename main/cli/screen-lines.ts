/** Lines on a terminal that are drawn again in place. */
export class ScreenLines {
  readonly #stream: NodeJS.WriteStream;
  #drawn = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** Whether a stream can have lines drawn again. */
  static can(stream: NodeJS.WriteStream): boolean {
    return stream.isTTY && process.env['TERM'] !== 'dumb';
  }

  draw(lines: readonly string[]): void {
    // A line that wraps would be two, and those above would not be found again.
    const width = Math.max(20, this.#stream.columns || 80);
    const most = Math.max(2, (this.#stream.rows || 24) - 1);
    const shown = lines.slice(0, most).map((line) => shortened(line, width - 1));
    const up = this.#drawn === 0 ? '' : `\r\u001b[${this.#drawn}A`;
    const text = shown.map((line) => `\u001b[2K${line}\n`).join('');
    // What is below goes, a typed ^C among it.
    this.#stream.write(`${up}${text}\u001b[J`);
    this.#drawn = shown.length;
  }
}

function shortened(line: string, width: number): string {
  return line.length > width ? `${line.slice(0, width - 1)}…` : line;
}
