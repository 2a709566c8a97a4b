import { KINDS, type KindId } from './kinds.ts';

/** A step at which host and model differ. */
export interface Divergence {
  /** Number of the event row, from 0. */
  readonly seq: number;
  /** When the call began, ns since the run did. */
  readonly t: number;
  readonly arm: number;
  /** `bind 127.0.0.2 : 0`. */
  readonly call: string;
  readonly host: string;
  readonly model: string;
  /** A KindId; `udp-` before it where it is about UDP. */
  readonly kind: string;
  readonly text: string;
  /** Ids of the switches that decide it. */
  readonly assumptions: readonly string[];
}

/** A kind of difference, counted. */
export interface KindCount {
  readonly kind: string;
  /** Steps at which it showed. */
  readonly count: number;
  readonly text: string;
  readonly assumptions: readonly string[];
  readonly first: Divergence;
}

/** Where a call stands in the recording. */
export type Where = Pick<Divergence, 'seq' | 't' | 'arm' | 'call'>;

/** What each answered, in a few words. */
export interface Answers {
  readonly host: string;
  readonly model: string;
}

const UDP = 'udp-';

/** The divergences of one run: all counted, the first ones kept. */
export class DivergenceLog {
  readonly #most: number;
  readonly #kinds = new Map<string, { count: number; readonly first: Divergence }>();
  readonly listed: Divergence[] = [];

  /** @param most divergences to list one by one */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * @param udp it is about UDP, whose rules are its own
   * @param answers asked only where the divergence is kept
   */
  note(id: KindId, udp: boolean, where: Where, answers: () => Answers): void {
    const kind = udp && !id.includes(UDP.slice(0, 3)) ? `${UDP}${id}` : id;
    const known = this.#kinds.get(kind);
    if (known !== undefined) known.count++;
    if (known !== undefined && this.listed.length >= this.#most) return;
    const { host, model } = answers();
    const { says, assumptions } = KINDS[id];
    const text = (kind === id ? '' : 'over UDP ') + says(host, model);
    const divergence: Divergence = { ...where, host, model, kind, text, assumptions };
    if (known === undefined) this.#kinds.set(kind, { count: 1, first: divergence });
    if (this.listed.length < this.#most) this.listed.push(divergence);
  }

  /** The most frequent kind first. */
  kinds(): KindCount[] {
    return [...this.#kinds]
      .map(([kind, { count, first }]) => ({
        kind,
        count,
        text: first.text,
        assumptions: first.assumptions,
        first,
      }))
      .toSorted((a, b) => b.count - a.count || a.first.seq - b.first.seq);
  }
}
