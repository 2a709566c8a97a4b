import { SingleBar } from 'cli-progress';

/** A progress bar on a terminal's stderr; silent anywhere else, so pipes and logs stay clean. */
export class ProgressLine {
  #bar: SingleBar | null = null;

  show(share: number, words: string): void {
    if (!process.stderr.isTTY) return;
    if (this.#bar === null) {
      this.#bar = new SingleBar({
        format: '{bar} {percentage}%  {words}',
        barCompleteChar: '█',
        barIncompleteChar: '░',
        barsize: 24,
        hideCursor: true,
        clearOnComplete: true,
        fps: 8,
        stream: process.stderr,
      });
      this.#bar.start(100, 0, { words });
    }
    this.#bar.update(Math.floor(share * 100), { words });
  }

  clear(): void {
    this.#bar?.stop();
    this.#bar = null;
  }
}
