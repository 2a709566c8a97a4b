/** Something that happens on the host by itself as time goes by. */
export interface TimedSource {
  /** When its next event is due, ns; Infinity where there is none. */
  readonly due: number;
  /** Lets the event that is due happen; `due` then tells the next. */
  happen(): void;
}

/**
 * The virtual clock of a modelled host. Only calls and waits move it; what falls due meanwhile
 * happens before the next call, earliest first, so that a run depends on nothing but its calls.
 */
export class HostClock {
  /** Integer ns since the stack was made. */
  now = 0;
  /** When the next event of the host is due; no call need look further before that. */
  due = Infinity;
  readonly #sources: TimedSource[] = [];

  add(source: TimedSource): void {
    this.#sources.push(source);
    this.#look();
  }

  /** A source has an event that may come earlier than those known. */
  expect(due: number): void {
    if (due < this.due) this.due = due;
  }

  /** Lets happen what has fallen due. */
  settle(): void {
    while (this.due <= this.now) {
      let first: TimedSource | undefined;
      for (const source of this.#sources) {
        if (first === undefined || source.due < first.due) first = source;
      }
      if (first !== undefined && first.due <= this.now) first.happen();
      this.#look();
    }
  }

  #look(): void {
    let due = Infinity;
    for (const source of this.#sources) if (source.due < due) due = source.due;
    this.due = due;
  }
}
