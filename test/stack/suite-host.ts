import type { EventSink } from '#engine/event/event-sink.ts';
import type { SocketStack } from '#engine/stack/socket-stack.ts';

/** A stack to test, and what its host answers where hosts differ. */
export interface SuiteHost {
  /** A fresh stack; the suite disposes of it. */
  readonly create: (sink: EventSink) => SocketStack;
  /** Two IPv4 addresses the host has. */
  readonly a: string;
  readonly b: string;
  /** An IPv6 address the host has. */
  readonly v6: string;
  /** Two more IPv4 addresses, where the suite may leave TIME_WAITs behind. */
  readonly spares: readonly [string, string];
  /** An IPv4 address the host lacks. */
  readonly foreign: string;
  /** How many TCP/IPv4 wildcard ports one address can give. */
  readonly pool: number;
  /** Code of a wildcard bind when the pool is empty: 10055; 10048 on Wine. */
  readonly exhaustionCode: number;
  /** What getsockopt(SO_PORT_SCALABILITY) gives after it was set to 1: 1; -10042 on Wine. */
  readonly optionReadsBack: number;
  /** Code of binding an IPv4 socket to an IPv6 address: 10014; 10045 on Wine. */
  readonly wrongFamilyCode: number;
  /** Whether addresses share port numbers without the option: false; true on Wine. */
  readonly sharesWithoutOption: boolean;
  /** Code of a connect that would repeat a live 4-tuple: 10048; 10049 on Wine. */
  readonly tupleTakenCode: number;
  /** Code of listen on a connected socket: 10056; 10022 on Wine. */
  readonly listenConnectedCode: number;
  /** Whether ports can be reserved; where not, the calls answer 10045. */
  readonly reserves: boolean;
  /** Code of associating with a persistent block the host lacks: 1168; 10045 on Wine. */
  readonly noSuchBlockCode: number;
  /** Whether sockets can belong to processes other than the lab's own. */
  readonly hasProcesses: boolean;
  /** Runs inside each emit (garbage collection, where that is under test). */
  readonly onEmit?: () => void;
}

/** What Wine 8 answers where it differs from Microsoft's pages. Source: probes under Wine 8.0. */
export const WINE_ANSWERS = {
  exhaustionCode: 10048,
  optionReadsBack: -10042,
  wrongFamilyCode: 10045,
  sharesWithoutOption: true,
  tupleTakenCode: 10049,
  listenConnectedCode: 10022,
  reserves: false,
  noSuchBlockCode: 10045,
} as const;

/** What Microsoft's pages say, and profile `documented` does. */
export const DOCUMENTED_ANSWERS = {
  exhaustionCode: 10055,
  optionReadsBack: 1,
  wrongFamilyCode: 10014,
  sharesWithoutOption: false,
  tupleTakenCode: 10048,
  listenConnectedCode: 10056,
  reserves: true,
  noSuchBlockCode: 1168,
} as const;
