/**
 * The engine's side of the allocator bench, in a process of its own like the C program it is
 * compared with: the same pool (ports 1025 to 65535, four addresses), the same workloads.
 * Prints one line a workload: name, ns per operation (median of the laps after warm-up).
 */
import { KIND } from '#engine/allocator/holder.ts';
import { PortPool } from '#engine/allocator/port-pool.ts';
import { Random } from '#engine/allocator/random.ts';
import { sharingRules } from '#engine/allocator/sharing-rules.ts';
import { DEFAULT_ASSUMPTIONS } from '#engine/profile/assumptions.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { createSimulatedStack } from '#engine/stack/simulated-stack.ts';
import { median } from '../result.ts';
import { BatchSink } from './batch-sink.ts';

const START = 1025;
const COUNT = 64_511;
const ADDRESSES = 4;
const LAPS = 24;
const WARM_UP = 9;
const PAIRS = 50_000;
const { legacy, option } = KIND;

const pool = new PortPool(
  { start: START, count: COUNT },
  [],
  sharingRules(DEFAULT_ASSUMPTIONS, 'tcp', 'ipv4'),
  Array.from({ length: ADDRESSES + 1 }, () => 0),
  new Random(1),
);
const ports = new Uint16Array(ADDRESSES * COUNT);
const owners = new Uint8Array(ADDRESSES * COUNT);
const figures = new Map<string, number[]>();
let warm = false;

function measure(name: string, work: () => number): number {
  const begin = performance.now();
  const operations = work();
  const ns = ((performance.now() - begin) * 1e6) / operations;
  if (warm) figures.set(name, [...(figures.get(name) ?? []), ns]);
  return operations;
}

function fill(kind: 0 | 1, randomStart: boolean): number {
  let held = 0;
  let state = 2_463_534_242 | 0;
  for (let address = 1; address <= ADDRESSES; address++) {
    for (;;) {
      if (randomStart) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        pool.cursor = START + ((state >>> 0) % COUNT);
      }
      const port = pool.claim(address, kind);
      if (port === 0) break;
      ports[held] = port;
      owners[held++] = address;
    }
  }
  return held;
}

function fillByWord(): number {
  let held = 0;
  for (let address = 1; address <= ADDRESSES; address++) {
    for (let port = pool.claimRun(address, option, 4_096); port !== 0;) {
      for (let i = 0; i < pool.runLength; i++) {
        ports[held] = port + i;
        owners[held++] = address;
      }
      port = pool.claimRun(address, option, 4_096);
    }
  }
  return held;
}

function releaseAll(kind: 0 | 1, held: number): number {
  for (let i = 0; i < held; i++) pool.release(owners[i]!, ports[i]!, kind);
  return held;
}

function refuse(): number {
  for (let i = 0; i < PAIRS; i++) {
    if (pool.claim(1 + (i % ADDRESSES), legacy) !== 0) throw new Error('bound in a full pool');
  }
  return PAIRS;
}

/** Binds and releases with `free` numbers left, the released one being a random one. */
function pairs(free: number): () => number {
  return () => {
    const held = COUNT - free;
    let state = 88_172_645;
    for (let i = 0; i < PAIRS; i++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      const victim = (state >>> 0) % held;
      pool.release(1, ports[victim]!, option);
      ports[victim] = pool.claim(1, option);
    }
    return PAIRS;
  };
}

function measurePairs(name: string, free: number): void {
  let held = 0;
  while (held < COUNT - free) ports[held++] = pool.claim(1, option);
  measure(name, pairs(free));
  for (let i = 0; i < held; i++) pool.release(1, ports[i]!, option);
}

function measureStack(): void {
  const profile = resolveProfile({ dynamicRanges: { tcp4: { start: START, count: COUNT } } });
  const addresses = Array.from({ length: ADDRESSES }, (_, i) => `10.0.0.${i + 1}`);
  const stack = createSimulatedStack({ sink: new BatchSink(), profile, addresses, seed: 1 });
  const ids = addresses.map((address) => stack.intern(address));
  measure('stack-calls', () => {
    let made = 0;
    for (const id of ids) {
      for (let i = 0; i < COUNT; i++, made++) {
        const socket = stack.socket('tcp', 'ipv4');
        stack.setsockopt(socket, 'SO_PORT_SCALABILITY', 1);
        stack.bind(socket, id, 0);
        stack.getsockname(socket);
      }
    }
    return made;
  });
  measure('stack-release', () => stack.closeAll());
  measure('stack-fill', () => {
    let made = 0;
    for (const id of ids) {
      made += stack.fill({
        protocol: 'tcp',
        family: 'ipv4',
        addresses: [id],
        from: 0,
        options: ['SO_PORT_SCALABILITY'],
        count: COUNT,
        budgetNs: Number.MAX_SAFE_INTEGER,
      }).bound;
    }
    return made;
  });
}

/** All laps of one group before the next: each has the caches to itself, as the C program has. */
function laps(work: () => void): void {
  for (let lap = 0; lap < LAPS; lap++) {
    if (lap === WARM_UP) warm = true;
    work();
  }
  warm = false;
}

laps(() => {
  let held = measure('legacy-fill', () => fill(legacy, false));
  measure('refusal', refuse);
  measure('legacy-release', () => releaseAll(legacy, held));
  held = measure('option-fill', () => fill(option, false));
  measure('option-release', () => releaseAll(option, held));
  held = measure('option-random-fill', () => fill(option, true));
  measure('option-random-release', () => releaseAll(option, held));
});
laps(() => {
  const held = measure('word-fill', fillByWord);
  releaseAll(option, held);
});
laps(() => {
  measurePairs('pair-50', Math.round(COUNT / 2));
  measurePairs('pair-99.9', Math.round(COUNT / 1_000));
});
laps(measureStack);
for (const [name, values] of figures) process.stdout.write(`${name} ${median(values)}\n`);
