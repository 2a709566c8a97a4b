import { Random } from '#engine/allocator/random.ts';
import { MARK } from '#engine/event/mark.ts';
import { OP, type Op } from '#engine/event/op.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import type { KeptSink } from './kept-events.ts';

const CODES = [WSA.WSAENOBUFS, WSA.WSAEWOULDBLOCK, WSA.WSAEALREADY, WSA.WSAEADDRINUSE] as const;

/**
 * Rows no stack would make in this order, though each is as the format says: any op on any of up to some
 * hundred addresses; times that step back a little, stand still, or leap by minutes.
 * @param flush hands over what there is: a recorded chunk is rarely full
 */
export function makeRandomRows(sink: KeptSink, seed: number, flush: () => void): readonly string[] {
  const random = new Random(seed, 9);
  const addresses = [3, 12, 300, 420][seed % 4]!;
  // Beyond the pages of one range, too.
  const span = [40, 500, 60_000][seed % 3]!;
  const rows = 300 + random.below(2_400);
  const ops = Object.values(OP);
  let t = seed % 5 === 0 ? -2_000_000 : 0;
  for (let row = 0; row < rows; row++) {
    t += step(random);
    const op = likelyOp(random) ?? ops[random.below(ops.length)]!;
    const address = 1 + random.below(addresses);
    const port = random.below(20) === 0 ? 0 : 1_000 + random.below(span);
    const code = random.below(12) === 0 ? CODES[random.below(CODES.length)]! : 0;
    if (op === OP.mark) sink.arm = random.below(6);
    const late = random.below(9) === 0 ? random.below(3_000) : 0;
    const dur = random.below(50) === 0 ? 4_294_967_295 : random.below(9_000);
    const value = valueOf(op, random);
    const named = manyPorts(op) ? Math.max(1, port) : port;
    const failed = manyPorts(op) || op === OP.mark ? 0 : code;
    sink.emit(op, t - late, dur, random.below(500), address, named, failed, value);
    if (random.below(300) === 0) flush();
  }
  return [
    '',
    ...Array.from({ length: addresses }, (_, n) =>
      n % 40 === 7 ? (n % 80 === 7 ? '0.0.0.0' : '::') : `10.1.${n >> 8}.${n & 255}`,
    ),
  ];
}

function step(random: Random): number {
  const kind = random.below(100);
  if (kind < 20) return 0;
  if (kind < 97) return random.below(40_000);
  // More than a segment's 32 bits can tell apart.
  return kind < 99 ? 5_000_000_000 : 600_000_000_000;
}

/** Mostly what changes who holds what. */
function likelyOp(random: Random): Op | undefined {
  return [OP.getsockname, OP.close, OP.fill, OP.release, undefined][random.below(5)];
}

function manyPorts(op: Op): boolean {
  return op === OP.fill || op === OP.release;
}

function valueOf(op: Op, random: Random): number {
  if (manyPorts(op)) return 1 + random.below(random.below(8) === 0 ? 900 : 20);
  const marks = Object.values(MARK);
  // An arm does not begin every other row.
  if (op === OP.mark) return marks[random.below(3) === 0 ? 0 : 1 + random.below(marks.length - 1)]!;
  return random.below(1_000);
}
