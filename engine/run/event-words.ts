import { MARK } from '../event/mark.ts';
import { FILL_OPTIONS_SHIFT, OP, opName } from '../event/op.ts';
import { SOCKET_OPTION_NAMES, optionTag } from '../model/socket-option.ts';
import { describeCode } from '../model/winsock-error.ts';
import { count, duration, thousands } from '../model/words.ts';
import { CLOSE_HOW } from '../stack/socket-stack.ts';

/** The columns of an event row that words come from: engine/event/op.ts says what is in them. */
export interface WordedRow {
  readonly op: number;
  readonly socket: number;
  readonly address: number;
  readonly port: number;
  readonly code: number;
  readonly value: number;
}

/** A row as people read it. '' where a column says nothing of this call. */
export interface EventWords {
  readonly call: string;
  readonly socket: string;
  readonly address: string;
  readonly port: string;
  /** `WSAENOBUFS (10055)` of a call that failed. */
  readonly error: string;
  readonly meaning: string;
}

/** @param addresses the run's address table: `addresses[id]` */
export function eventWords(row: WordedRow, addresses: readonly string[]): EventWords {
  const { op, code } = row;
  const range = op === OP.fill || op === OP.release;
  return {
    call: opName(op) ?? `op ${op}`,
    socket: row.socket === 0 && code === 0 ? '' : socketWords(row, range),
    address: row.address === 0 ? '' : (addresses[row.address] ?? `address ${row.address}`),
    port: portWords(row, range),
    error: code === 0 ? '' : describeCode(code),
    meaning: meaningOf(row),
  };
}

/** Ports are names: no thousands separators, so that they can be searched for elsewhere. */
function portWords({ op, port, address, value }: WordedRow, range: boolean): string {
  if (op === OP.setsockopt || op === OP.getsockopt) return '';
  if (range && value > 1) return `${port}–${port + value - 1}`;
  // A bind that asked for port 0 asked for any: that is what a wildcard port is.
  if (op === OP.bind) return String(port);
  if (op === OP.addressAdd || op === OP.addressRemove) return '';
  return port === 0 && address === 0 ? '' : String(port);
}

function socketWords({ socket, value }: WordedRow, range: boolean): string {
  return range && value > 1 ? `${socket}–${socket + value - 1}` : String(socket);
}

function meaningOf(row: WordedRow): string {
  const { op, code, port, value } = row;
  switch (op) {
    case OP.socket:
      return `${(value & 1) === 1 ? 'UDP' : 'TCP'}, ${(value & 2) === 2 ? 'IPv6' : 'IPv4'}`;
    case OP.setsockopt:
      return `${optionWords(port)} to ${value}`;
    case OP.getsockopt:
      return code === 0 ? `${optionWords(port)} is ${value}` : optionWords(port);
    case OP.bind:
      return port === 0 ? 'any port asked for' : 'this port asked for';
    case OP.getsockname:
      return code === 0 && port !== 0 ? 'port held from now on' : '';
    case OP.listen:
      return `backlog ${thousands(value)}`;
    case OP.connect:
      return 'the remote end';
    case OP.accept:
      return code === 0 ? `on listening socket ${value}` : '';
    case OP.close:
      return `${port === 0 ? 'held no port' : 'this port given back'}${CLOSE_WORDS[value] ?? ''}`;
    case OP.fill:
      return value === 1 ? 'this port bound' : `${count(value, 'port')} bound, a socket each`;
    case OP.fillOf:
      return `the next rows bind ${fillWords(value)}`;
    case OP.release:
      return value === 1 ? 'this port is free again' : `${count(value, 'port')} free again`;
    case OP.reserve:
      return `${count(value, 'port')} ${code === 0 ? 'reserved' : 'asked for'}`;
    case OP.associate:
      return port === 0
        ? `with the reservation of socket ${value}`
        : `with the persistent block of ${count(value, 'port')}`;
    case OP.process:
      return value === 0 ? 'the lab makes the next calls' : `process ${value} makes the next calls`;
    case OP.exit:
      return `process ${value} ends`;
    case OP.addressAdd:
      return 'the host gets this address';
    case OP.addressRemove:
      return 'the host loses this address';
    case OP.wait:
      return `${duration(value * 1e6)} pass`;
    case OP.canary:
      return value === 0 ? 'an option-less bind elsewhere' : 'an option-less connect elsewhere';
    case OP.mark:
      return MARK_WORDS[value] ?? `mark ${value}`;
    default:
      return value === 0 ? '' : `value ${value}`;
  }
}

/** What sockets fill rows stand for. */
function fillWords(value: number): string {
  const bits = value >>> FILL_OPTIONS_SHIFT;
  const options = SOCKET_OPTION_NAMES.filter((_name, bit) => (bits & (1 << bit)) !== 0);
  const kind = `${(value & 2) === 0 ? 'IPv4' : 'IPv6'} ${(value & 1) === 0 ? 'TCP' : 'UDP'}`;
  return `${kind} sockets ${options.length === 0 ? 'without options' : `with ${options.join(', ')}`}`;
}

/** Who ended the connection, where it was not this side in good order. */
const CLOSE_WORDS: Readonly<Record<number, string>> = {
  [CLOSE_HOW.remote]: ', the peer closed before',
  [CLOSE_HOW.abort]: ', by reset',
};

const MARK_WORDS: Readonly<Record<number, string>> = {
  [MARK.armBegin]: 'the arm begins',
  [MARK.armPeak]: 'the arm is at its peak',
  [MARK.armEnd]: 'the arm has released everything',
  [MARK.phase]: 'the measured part begins',
  [MARK.windowOpen]: 'option-less sockets may starve from here on',
  [MARK.windowClose]: 'option-less sockets must find ports again',
};

const OPTIONS = new Map<number, string>(SOCKET_OPTION_NAMES.map((name) => [optionTag(name), name]));

function optionWords(tag: number): string {
  const hex = `0x${tag.toString(16).toUpperCase().padStart(4, '0')}`;
  const name = OPTIONS.get(tag);
  return name === undefined ? `option ${hex}` : `${name} (${hex})`;
}
