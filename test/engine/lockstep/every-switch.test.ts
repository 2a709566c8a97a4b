import { describe, expect, it } from 'vitest';
import { Lockstep, type LockstepResult } from '#engine/lockstep/lockstep.ts';
import { DEFAULT_ASSUMPTIONS, listSwitches } from '#engine/profile/assumptions.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';
import {
  A,
  ADDRESSES,
  B,
  fillUp,
  hostWith,
  OPTION,
  profileWith,
  socketWith,
} from '../allocator/stack-under-test.ts';
import { CALL_CASES } from '../allocator/switches/call-cases.ts';
import { SHARING_CASES } from '../allocator/switches/sharing-cases.ts';
import { TIME_CASES } from '../allocator/switches/time-cases.ts';
import type { SwitchCase } from '../allocator/switches/case.ts';
import { RowBatches } from './row-batches.ts';

const ONE_NUMBER = { dynamicRanges: { tcp4: { start: 50_000, count: 1 } } };

/** Cases that a recording of calls shows, where those of the allocator look at the model itself. */
const SEEN_IN_CALLS: Readonly<Record<string, SwitchCase>> = {
  A21: {
    about: 'when the one number is given again after a connection',
    observe(host) {
      const stack = host(ONE_NUMBER);
      const first = socketWith(stack);
      stack.bind(first, stack.intern(A), 0);
      stack.getsockname(first);
      stack.connect(first, stack.intern('203.0.113.1'), 443);
      stack.close(first);
      for (let tries = 0; tries < 9; tries++) {
        const socket = socketWith(stack);
        if (stack.bind(socket, stack.intern(A), 0) === 0) stack.getsockname(socket);
        stack.close(socket);
        stack.advance(tries === 0 ? 15e9 : 30e9);
      }
      return null;
    },
    seen: {},
  },
  A22: {
    about: 'whether the one number is given again at once',
    observe(host) {
      const stack = host(ONE_NUMBER);
      for (let tries = 0; tries < 2; tries++) {
        const socket = socketWith(stack);
        if (stack.bind(socket, stack.intern(A), 0) === 0) stack.getsockname(socket);
        stack.close(socket);
      }
      return null;
    },
    seen: {},
  },
  'PS-6': {
    about: 'the option set late, and numbers got on another address',
    observe(host) {
      const stack = host();
      const late = Array.from({ length: 10 }, () => {
        const socket = socketWith(stack);
        stack.bind(socket, stack.intern(A), 0);
        stack.getsockname(socket);
        stack.setsockopt(socket, OPTION, 1);
        return socket;
      });
      fillUp(stack, [B], [OPTION]);
      return late;
    },
    seen: {},
  },
  timeWaitScope: {
    about: 'who gets a number in TIME_WAIT: a wildcard port, and by name',
    observe(host) {
      const stack = host(ONE_NUMBER);
      const first = socketWith(stack);
      stack.bind(first, stack.intern(A), 0);
      const port = stack.getsockname(first);
      stack.connect(first, stack.intern('203.0.113.1'), 443);
      stack.close(first);
      for (const asked of [0, port]) {
        const socket = socketWith(stack);
        if (stack.bind(socket, stack.intern(A), asked) === 0) stack.getsockname(socket);
        stack.close(socket);
      }
      return null;
    },
    seen: {},
  },
};

const CASES: Readonly<Record<string, SwitchCase>> = {
  ...SHARING_CASES,
  ...CALL_CASES,
  ...TIME_CASES,
  ...SEEN_IN_CALLS,
};
const VALUES = new Map<string, readonly string[]>(
  listSwitches(DEFAULT_ASSUMPTIONS).map(({ id, values }) => [id, values]),
);

interface Recorded {
  readonly rows: RowBatches;
  readonly texts: readonly string[];
  readonly profile: (value: string) => ResolvedProfile;
}

/** What a switch's case does on hosts that have it at a value: a recording a host. */
function recorded(id: string, value: string): Recorded[] {
  const runs: Recorded[] = [];
  CASES[id]!.observe((more) => {
    const rows = new RowBatches();
    const stack = hostWith({ [id]: value }, more, rows);
    runs.push({
      rows,
      texts: stack.addresses,
      profile: (other) => profileWith({ [id]: other }, more),
    });
    return stack;
  });
  return runs;
}

function compared(run: Recorded, value: string): LockstepResult {
  const lockstep = new Lockstep({
    profile: run.profile(value),
    addresses: ADDRESSES,
    texts: run.texts,
    real: false,
  });
  for (const batch of run.rows.batches) lockstep.add(batch);
  return lockstep.result();
}

describe('a run beside a model that differs in one switch', () => {
  for (const [id, values] of VALUES) {
    if (!Object.hasOwn(CASES, id)) continue;
    for (const host of values) {
      it(`${id}: nothing differs from a host that has it at ${host} too`, () => {
        for (const run of recorded(id, host)) expect(compared(run, host).listed).toEqual([]);
      });
      for (const model of values.filter((value) => value !== host)) {
        it(`${id}: a host at ${host} differs from a model at ${model}, which names the switch`, () => {
          const kinds = recorded(id, host).flatMap((run) => compared(run, model).kinds);
          const named = kinds.flatMap(({ assumptions }) => assumptions);
          expect(
            named,
            kinds
              .map(({ kind, first }) => `${kind}: ${first.call}: ${first.host} | ${first.model}`)
              .join('\n'),
          ).toContain(id);
        });
      }
    }
  }
});
