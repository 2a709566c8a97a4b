import type { SocketOption } from '#engine/model/socket-option.ts';
import type { Family, Protocol } from '../reference/host.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A call that was made, as a step of a scenario script, with what the reference says it answers. */
interface Call {
  readonly kind: 'call';
  readonly step: Fields;
  /** Sockets it names; a fill some later call picks one of can't be a `fill` step. */
  readonly sockets: readonly number[];
}

export interface FillNote {
  readonly kind: 'fill';
  readonly protocol: Protocol;
  readonly family: Family;
  readonly process: number;
  readonly targets: readonly string[];
  readonly options: readonly SocketOption[];
  readonly count: number;
  /** Its sockets, in order of their numbers. */
  readonly ids: readonly number[];
  /** What the reference says of the one after them (`code` 0: it is bound); null: all are bound. */
  readonly refused: { readonly socket: number; readonly op: string; readonly code: number } | null;
}

/** Consecutive sockets closed in one call. */
interface Release {
  readonly kind: 'release';
  readonly ids: readonly number[];
}

/** Everything a sequence did, to be told as a scenario script. */
export class Journal {
  readonly #entries: (Call | FillNote | Release)[] = [];
  /** Processes that own, or owned, a socket: a script can end no others. */
  readonly #processes = new Set<number>();

  /** @param expect what the step must answer; a step without sockets names none */
  call(step: Fields, sockets: readonly number[], expect: Fields): void {
    this.#entries.push({ kind: 'call', step: { ...step, expect }, sockets });
  }

  socket(id: number, protocol: Protocol, family: Family, process: number): void {
    this.#processes.add(process);
    this.#entries.push({
      kind: 'call',
      step: { op: 'socket', as: named(id), protocol, family, ...processField(process) },
      sockets: [],
    });
  }

  fill(note: FillNote): void {
    this.#processes.add(note.process);
    this.#entries.push(note);
  }

  release(ids: readonly number[]): void {
    this.#entries.push({ kind: 'release', ids });
  }

  /** A process ends. The lab's own can't in a script: its sockets are closed one by one. */
  exit(process: number, ids: readonly number[]): void {
    if (process === 0) {
      for (const id of ids) this.call({ op: 'close', socket: named(id) }, [id], { code: 0 });
    } else if (this.#processes.delete(process)) {
      this.call({ op: 'exit', process: `p${process}` }, [], { ok: true });
    }
  }

  steps(): Fields[] {
    const whole = this.#wholeFills();
    return this.#entries.flatMap((entry) => {
      if (entry.kind === 'call') return [entry.step];
      if (entry.kind === 'fill') return whole.has(entry) ? [fillStep(entry)] : singleSteps(entry);
      const fills = [...whole].filter((fill) => entry.ids.includes(fill.ids[0] ?? 0));
      const rest = entry.ids.filter((id) => !fills.some((fill) => fill.ids.includes(id)));
      return [...fills.map(fillName), ...rest.map(named)].map((socket) => ({
        op: 'close',
        socket,
        expect: { code: 0 },
      }));
    });
  }

  /** Fills that a script can tell as one step: no call picks one of their sockets. */
  #wholeFills(): Set<FillNote> {
    const picked = new Set(
      this.#entries.flatMap((entry) => (entry.kind === 'call' ? entry.sockets : [])),
    );
    const cut = (release: Release, ids: readonly number[]): boolean => {
      const closed = ids.filter((id) => release.ids.includes(id)).length;
      return closed > 0 && closed < ids.length;
    };
    const whole = this.#entries.filter(
      (entry): entry is FillNote =>
        entry.kind === 'fill' &&
        entry.targets.length === 1 &&
        !entry.ids.some((id) => picked.has(id)) &&
        !this.#entries.some((other) => other.kind === 'release' && cut(other, entry.ids)),
    );
    return new Set(whole);
  }
}

export function named(id: number): string {
  return `s${id}`;
}

function processField(process: number): Fields {
  return process === 0 ? {} : { process: `p${process}` };
}

/** Its first socket's number is nobody else's. */
function fillName({ ids, refused }: FillNote): string {
  return `f${ids[0] ?? refused!.socket}`;
}

function fillStep(note: FillNote): Fields {
  const { protocol, family, options, count, ids, refused } = note;
  const code = refused?.code ?? 0;
  return {
    op: 'fill',
    as: fillName(note),
    address: note.targets[0],
    protocol,
    family,
    options,
    count,
    ...processField(note.process),
    expect: { bound: ids.length, code },
  };
}

function singleSteps(note: FillNote): Fields[] {
  const { ids, refused } = note;
  const steps = ids.flatMap((id, index) => oneOf(note, id, index, null));
  return refused === null ? steps : [...steps, ...oneOf(note, refused.socket, ids.length, refused)];
}

/** One socket of a fill by the calls it consists of. */
function oneOf(
  { protocol, family, process, targets, options }: FillNote,
  id: number,
  index: number,
  refused: FillNote['refused'],
): Fields[] {
  const socket = named(id);
  const steps: Fields[] = [
    { op: 'socket', as: socket, protocol, family, ...processField(process) },
  ];
  for (const option of options) {
    const isLast = refused !== null && refused.op === option;
    const code = isLast ? refused.code : 0;
    steps.push({ op: 'setsockopt', socket, option, value: 1, expect: { code } });
    if (isLast) return [...steps, { op: 'close', socket }];
  }
  const address = targets[index % targets.length];
  const code = refused?.code ?? 0;
  steps.push({ op: 'bind', socket, address, port: 0, expect: { code } });
  return refused === null ? steps : [...steps, { op: 'close', socket }];
}
