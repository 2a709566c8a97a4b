import { OP } from '../event/op.ts';
import { PAGE_PORTS, PORTS, PORT_WORDS, pageCount, pageRuns } from './port-pages.ts';

/** What is held on one address: a bit a port. */
interface Entry {
  readonly id: number;
  readonly words: Int32Array;
  readonly specific: boolean;
  held: number;
  bound: number;
}

/** `Holdings` as they stood at a moment: only the pages of ports that were ever touched. */
export interface HoldingsSave {
  readonly pages: number;
  readonly addresses: Uint16Array;
  /** By address, then by page. */
  readonly words: Int32Array;
  /** Of each port of the pages, on how many specific addresses it is held. */
  readonly counts: Uint8Array | Uint16Array;
  readonly overlapped: Int32Array;
  /** The six figures, then held and bound of each address. */
  readonly figures: Float64Array;
  readonly bytes: number;
}

const FIGURES = 6;
const NO_WORDS = new Int32Array(0);

/**
 * What the lab holds, folded from event rows: the truth of a live run, of a replay and of a report
 * alike. One pool (protocol and family) at a time, one holder per (address, port).
 */
export class Holdings {
  /** Ports held now, over all addresses. */
  held = 0;
  /** Most ports held at once since `reset`. */
  peakHeld = 0;
  /** Numbers held now on at least one address: what option-less sockets may lose (PS-4). */
  union = 0;
  /** Numbers held now on two or more specific addresses. */
  shared = 0;
  /** Distinct numbers that were held on two or more specific addresses at once since `reset`. */
  overlap = 0;
  /** Successful wildcard or explicit binds since `reset`. */
  bound = 0;

  readonly #isWildcard: (address: number) => boolean;
  #byId: (Entry | undefined)[] = [];
  #entries: Entry[] = [];
  /** Those of `#entries` that are wildcard addresses: two at most, one a family. */
  #wildcards: Entry[] = [];
  /** By port, on how many specific addresses it is held. */
  readonly #counts = new Uint16Array(PORTS);
  readonly #overlapped = new Int32Array(PORT_WORDS);
  /** Pages any port of which was ever taken, a bit each. */
  #pages = 0;

  /** @param isWildcard whether an id is a wildcard address, which is no specific one; asked once an id */
  constructor(isWildcard: (address: number) => boolean = () => false) {
    this.#isWildcard = isWildcard;
  }

  /** Feeds one event row; rows of failed calls and of other ops change nothing. */
  observe(op: number, address: number, port: number, code: number, value: number): void {
    if (code !== 0) return;
    if (op === OP.getsockname) {
      if (port !== 0) this.#take(address, port, 1);
    } else if (op === OP.close) {
      if (port !== 0) this.#free(address, port, 1);
    } else if (op === OP.fill) {
      this.#take(address, port, value);
    } else if (op === OP.release) {
      this.#free(address, port, value);
    }
  }

  /** Ports held now on an address. */
  heldOn(address: number): number {
    return this.#byId[address]?.held ?? 0;
  }

  /** Successful binds on an address since `reset`. */
  boundOn(address: number): number {
    return this.#byId[address]?.bound ?? 0;
  }

  holds(address: number, port: number): boolean {
    const words = this.#byId[address]?.words;
    return words !== undefined && (words[port >>> 5]! & (1 << port)) !== 0;
  }

  /** On how many addresses a number is held now. */
  holdersOf(port: number): number {
    let holders = this.#counts[port]!;
    for (const { words } of this.#wildcards) holders += (words[port >>> 5]! >>> (port & 31)) & 1;
    return holders;
  }

  /** Ports held now on an address, as inclusive ranges in ascending order. */
  rangesOn(address: number): [number, number][] {
    const words = this.#byId[address]?.words ?? NO_WORDS;
    const ranges: [number, number][] = [];
    for (let word = 0; word < words.length; word++) {
      if (words[word] === 0) continue;
      // Of the first word all but number 0, which is none.
      for (let port = Math.max(1, 32 * word); port < 32 * (word + 1); port++) {
        if ((words[word]! & (1 << port)) === 0) continue;
        const last = ranges[ranges.length - 1];
        if (last !== undefined && last[1] === port - 1) last[1] = port;
        else ranges.push([port, port]);
      }
    }
    return ranges;
  }

  /** Begins anew: counters and what is held. For the start of an arm, when nothing is held. */
  reset(): void {
    this.held = 0;
    this.peakHeld = 0;
    this.union = 0;
    this.shared = 0;
    this.overlap = 0;
    this.bound = 0;
    this.#byId = [];
    this.#entries = [];
    this.#wildcards = [];
    this.#counts.fill(0);
    this.#overlapped.fill(0);
    this.#pages = 0;
  }

  /** Bytes a save would take now. */
  get saveBytes(): number {
    const addresses = this.#entries.length;
    const aPort = addresses > 255 ? 2 : 1;
    const ports = pageCount(this.#pages) * PAGE_PORTS;
    return ports * aPort + ((addresses + 1) * ports) / 8 + (2 + 16) * addresses + 8 * FIGURES;
  }

  /** A copy, to go back to. Its size goes with the addresses and the pages of ports in use. */
  save(): HoldingsSave {
    const entries = this.#entries;
    const pages = pageCount(this.#pages);
    const perPage = PAGE_PORTS / 32;
    const words = new Int32Array(entries.length * pages * perPage);
    // On no more addresses than a byte can count, a byte a port is enough.
    const Counts = entries.length > 255 ? Uint16Array : Uint8Array;
    const counts = new Counts(pages * PAGE_PORTS);
    const overlapped = new Int32Array(pages * perPage);
    const figures = new Float64Array(FIGURES + 2 * entries.length);
    figures.set([this.held, this.peakHeld, this.union, this.shared, this.overlap, this.bound]);
    let at = 0;
    for (const { first, count } of pageRuns(this.#pages)) {
      const [from, to] = [first * PAGE_PORTS, (first + count) * PAGE_PORTS];
      counts.set(this.#counts.subarray(from, to), at * PAGE_PORTS);
      overlapped.set(this.#overlapped.subarray(from / 32, to / 32), at * perPage);
      entries.forEach(({ words: own }, n) =>
        words.set(own.subarray(from / 32, to / 32), (n * pages + at) * perPage),
      );
      at += count;
    }
    entries.forEach(({ held, bound }, n) => figures.set([held, bound], FIGURES + 2 * n));
    const addresses = Uint16Array.from(entries, ({ id }) => id);
    const parts = [addresses, words, counts, overlapped, figures];
    const bytes = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
    return { pages: this.#pages, addresses, words, counts, overlapped, figures, bytes };
  }

  /** Goes back to what `save` gave, of these holdings or of others of the same run. */
  restore(save: HoldingsSave): void {
    const [held = 0, peakHeld = 0, union = 0, shared = 0, overlap = 0, bound = 0] = save.figures;
    Object.assign(this, { held, peakHeld, union, shared, overlap, bound });
    const before = this.#byId;
    const touched = this.#pages & ~save.pages;
    this.#byId = [];
    this.#entries = [];
    this.#wildcards = [];
    save.addresses.forEach((id, n) => {
      const known = before[id];
      if (known === undefined) this.#addEntry(id, new Int32Array(PORT_WORDS));
      else this.#addEntry(id, known.words);
      const entry = this.#entries[n]!;
      entry.held = save.figures[FIGURES + 2 * n]!;
      entry.bound = save.figures[FIGURES + 2 * n + 1]!;
    });
    for (const { first, count } of pageRuns(touched)) this.#clear(first, count);
    const pages = pageCount(save.pages);
    const perPage = PAGE_PORTS / 32;
    let at = 0;
    for (const { first, count } of pageRuns(save.pages)) {
      const to = at + count;
      this.#counts.set(save.counts.subarray(at * PAGE_PORTS, to * PAGE_PORTS), first * PAGE_PORTS);
      this.#overlapped.set(save.overlapped.subarray(at * perPage, to * perPage), first * perPage);
      for (let n = 0; n < this.#entries.length; n++) {
        const from = (n * pages + at) * perPage;
        const words = save.words.subarray(from, from + count * perPage);
        this.#entries[n]!.words.set(words, first * perPage);
      }
      at = to;
    }
    this.#pages = save.pages;
  }

  #clear(first: number, count: number): void {
    const [from, to] = [first * PAGE_PORTS, (first + count) * PAGE_PORTS];
    this.#counts.fill(0, from, to);
    this.#overlapped.fill(0, from / 32, to / 32);
    for (const { words } of this.#entries) words.fill(0, from / 32, to / 32);
  }

  #take(address: number, first: number, count: number): void {
    const entry = this.#byId[address] ?? this.#addEntry(address, new Int32Array(PORT_WORDS));
    const { words, specific } = entry;
    const counts = this.#counts;
    const anyWildcard = this.#wildcards.length > 0;
    const end = Math.min(PORTS, first + count);
    let taken = 0;
    for (let port = first; port < end; port++) {
      const word = port >>> 5;
      const bit = 1 << port;
      if ((words[word]! & bit) !== 0) continue;
      this.#pages |= 1 << (port >>> 12);
      const holders = counts[port]!;
      if (holders === 0 && !(anyWildcard && this.#onWildcard(port))) this.union++;
      words[word] = words[word]! | bit;
      taken++;
      if (!specific) continue;
      counts[port] = holders + 1;
      if (holders !== 1) continue;
      this.shared++;
      if ((this.#overlapped[word]! & bit) === 0) {
        this.#overlapped[word] = this.#overlapped[word]! | bit;
        this.overlap++;
      }
    }
    entry.held += taken;
    entry.bound += taken;
    this.held += taken;
    this.bound += taken;
    if (this.held > this.peakHeld) this.peakHeld = this.held;
  }

  #free(address: number, first: number, count: number): void {
    const entry = this.#byId[address];
    if (entry === undefined) return;
    const { words, specific } = entry;
    const counts = this.#counts;
    const anyWildcard = this.#wildcards.length > 0;
    const end = Math.min(PORTS, first + count);
    let freed = 0;
    for (let port = first; port < end; port++) {
      const word = port >>> 5;
      const bit = 1 << port;
      if ((words[word]! & bit) === 0) continue;
      words[word] = words[word]! & ~bit;
      freed++;
      let holders = counts[port]!;
      if (specific) {
        holders--;
        counts[port] = holders;
        if (holders === 1) this.shared--;
      }
      if (holders === 0 && !(anyWildcard && this.#onWildcard(port))) this.union--;
    }
    entry.held -= freed;
    this.held -= freed;
  }

  #onWildcard(port: number): boolean {
    for (const { words } of this.#wildcards) {
      if ((words[port >>> 5]! & (1 << port)) !== 0) return true;
    }
    return false;
  }

  /** @param words all clear, or about to be overwritten */
  #addEntry(id: number, words: Int32Array): Entry {
    const specific = !this.#isWildcard(id);
    const entry: Entry = { id, words, specific, held: 0, bound: 0 };
    this.#byId[id] = entry;
    this.#entries.push(entry);
    if (!specific) this.#wildcards.push(entry);
    return entry;
  }
}
