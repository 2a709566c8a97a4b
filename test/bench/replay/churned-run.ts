import { BATCH_ROWS, EventBatch } from '#engine/event/event-batch.ts';
import { OP } from '#engine/event/op.ts';
import { optionTag } from '#engine/model/socket-option.ts';
import { WSA } from '#engine/model/winsock-error.ts';

const FIRST_PORT = 1_025;
const PORTS = 64_511;
/** Sockets held, once there are so many: then an old one is closed for each new one. */
const MOST_HELD = 400_000;

/**
 * The rows of a run that binds through the option on many addresses in rotation and, when it holds enough,
 * closes the oldest: six calls a socket, with the scatter of real durations and a refusal now and then. As
 * hard to go about in as a run of so many rows can be: every sixth row takes a port, every sixth frees one.
 */
export function* churnedRun(rows: number, addresses: number): Generator<EventBatch> {
  const held = Math.min(MOST_HELD, Math.floor((addresses * PORTS) / 2), Math.floor(rows / 12));
  let batch = new EventBatch(Math.min(rows, BATCH_ROWS));
  let t = 0;
  let left = rows;
  let socket = 0;
  for (let call = 0; left > 0; call = (call + 1) % 6) {
    if (call === 0) socket++;
    const of = call === 5 ? socket - held : socket;
    if (of < 1) continue;
    const at = batch.length++;
    const dur = 1_000 + (noise(socket * 8 + call) & 0x1fff);
    const isRefused = call === 2 && noise(socket) % 4_096 === 7;
    batch.op[at] = CALLS[call]!;
    batch.t[at] = t;
    batch.dur[at] = dur;
    batch.socket[at] = of;
    batch.address[at] = call === 2 || call >= 4 ? 1 + (of % addresses) : 0;
    batch.port[at] = call >= 4 ? portOf(of, addresses) : call === 1 || call === 3 ? TAG : 0;
    batch.code[at] = isRefused ? WSA.WSAENOBUFS : 0;
    batch.value[at] = call === 1 || call === 3 ? 1 : 0;
    batch.arm[at] = 1;
    t += dur + 200;
    left--;
    if (batch.length < batch.capacity) continue;
    yield batch;
    if (left > 0) batch = new EventBatch(Math.min(left, BATCH_ROWS));
  }
}

const CALLS = [OP.socket, OP.setsockopt, OP.bind, OP.getsockopt, OP.getsockname, OP.close];
const TAG = optionTag('SO_PORT_SCALABILITY');

/** One after the other on each address, each beginning elsewhere. */
function portOf(socket: number, addresses: number): number {
  return FIRST_PORT + ((Math.floor(socket / addresses) + (socket % addresses) * 61) % PORTS);
}

/** A fixed scatter over 0 to 2^25 - 1: no Math.random, so that rounds are alike. */
function noise(seed: number): number {
  return Math.imul(seed ^ (seed >>> 7), 0x9e3779b1) >>> 7;
}
