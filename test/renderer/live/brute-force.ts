import { MARK } from '#engine/event/mark.ts';
import { OP } from '#engine/event/op.ts';
import type { Row } from './random-rows.ts';

/** One port more or less on a band of addresses. */
interface Instant {
  readonly t: number;
  readonly band: number;
  /** 0 begins an arm: nothing is held. */
  readonly step: 1 | -1 | 0;
}

/** What a live model must say of rows, worked out without any of its economies. */
export function bruteForce(
  rows: readonly Row[],
  addresses: readonly string[],
  table: readonly string[],
) {
  const instants: Instant[] = [];
  const arms: ArmCount[] = [];
  let held = new Map<string, number>();
  let repeated = new Set<number>();
  let arm: ArmCount | null = null;
  let calls = 0;

  for (const row of rows) {
    calls += row.op === OP.fill || row.op === OP.release ? row.value : 1;
    if (row.op === OP.mark) {
      if (row.value === MARK.armBegin) {
        arm = {
          index: row.arm,
          begin: row.t,
          end: null,
          bound: 0,
          peakHeld: 0,
          peakUnion: 0,
          overlap: 0,
        };
        arms.push(arm);
        held = new Map();
        repeated = new Set();
        instants.push({ t: row.t, band: 0, step: 0 });
      } else if (row.value === MARK.armEnd && arm !== null) {
        arm.end = row.t;
        arm = null;
      }
      continue;
    }
    const taking = (row.op === OP.getsockname || row.op === OP.fill) && row.code === 0;
    const freeing = (row.op === OP.close || row.op === OP.release) && row.code === 0;
    if (!taking && !freeing) continue;
    const changed: string[] = [];
    const count = row.op === OP.fill || row.op === OP.release ? row.value : 1;
    for (let port = row.port; port < row.port + count; port++) {
      const key = `${row.address} ${port}`;
      if (held.has(key) === taking) continue;
      changed.push(key);
      if (taking) held.set(key, port);
      else held.delete(key);
    }
    const address = addresses.indexOf(table[row.address] ?? '');
    const band = address < 0 ? addresses.length : address;
    changed.forEach((_, at) => {
      const t = row.t + (row.dur * (at + 1)) / changed.length;
      instants.push({ t, band, step: taking ? 1 : -1 });
    });
    const numbers = [...held.values()];
    for (const number of numbers) {
      if (numbers.filter((one) => one === number).length >= 2) repeated.add(number);
    }
    if (arm !== null && taking) {
      arm.bound += changed.length;
      arm.peakHeld = Math.max(arm.peakHeld, held.size);
      arm.peakUnion = Math.max(arm.peakUnion, new Set(numbers).size);
      arm.overlap = repeated.size;
    }
  }

  const bandOf = (key: string): number => {
    const at = addresses.indexOf(table[Number(key.split(' ')[0])] ?? '');
    return at < 0 ? addresses.length : at;
  };
  const byBand = Array.from(
    { length: addresses.length + 1 },
    (_, band) => [...held.keys()].filter((key) => bandOf(key) === band).length,
  );
  return {
    calls,
    held: held.size,
    union: new Set(held.values()).size,
    heldBy: byBand.slice(0, addresses.length),
    heldElsewhere: byBand.at(-1),
    arms,
    instants,
    /** Held by band just before `t`. */
    heldAt(t: number): number[] {
      let counts = new Array<number>(addresses.length + 1).fill(0);
      for (const { t: at, band, step } of instants) {
        if (at >= t) break;
        if (step === 0) counts = counts.map(() => 0);
        else counts[band]! += step;
      }
      return counts;
    },
  };
}

interface ArmCount {
  readonly index: number;
  readonly begin: number;
  end: number | null;
  bound: number;
  peakHeld: number;
  peakUnion: number;
  overlap: number;
}
