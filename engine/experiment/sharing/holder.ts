import type { Encounter } from '../../claim/encounter.ts';
import type { SocketOption } from '../../model/socket-option.ts';
import type { AddressId, SocketId } from '../../stack/socket-stack.ts';

/** Sockets of one kind: how they are made, and whose they are. */
export interface SocketKind {
  readonly options: readonly SocketOption[];
  readonly address: AddressId;
  /** Index in the experiment's owners; the lab itself where left out. */
  readonly owner?: number;
}

/** Sockets that hold numbers while others sweep. */
export interface HolderKind extends SocketKind {
  /** They name their numbers, free ones of the range, in place of port 0. The lab's own only. */
  readonly named?: boolean;
  /** Set on each once it is bound. The lab's own only. */
  readonly late?: SocketOption;
}

/** What sockets of one kind hold, and which of it sweeps were given. */
export class Holder {
  readonly kind: HolderKind;
  /** Socket and number, in the order they were bound. */
  readonly held: { readonly socket: SocketId; readonly port: number }[] = [];
  /** Numbers a sweep was given while they were held, and once they were released. */
  readonly met = new Set<number>();
  readonly metFree = new Set<number>();
  lost = 0;
  /** What setting the late option answered, 0 or an error, the worst of all; null where none was set. */
  lateCode: number | null = null;
  released = false;

  constructor(kind: HolderKind) {
    this.kind = kind;
  }

  get encounter(): Encounter {
    const { held, met, metFree, lost } = this;
    return { held: held.length, met: met.size, metFree: metFree.size, lost };
  }

  /** What the next sweep meets is counted anew. */
  forget(): void {
    this.met.clear();
    this.metFree.clear();
  }

  saw(port: number): void {
    (this.released ? this.metFree : this.met).add(port);
  }
}
