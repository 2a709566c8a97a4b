import { describe, expect, it } from 'vitest';
import { comparedSentence, differsSentence } from '#engine/lockstep/differs.ts';
import { KINDS } from '#engine/lockstep/kinds.ts';
import { Lockstep, MOST_LISTED } from '#engine/lockstep/lockstep.ts';
import { listSwitches, DEFAULT_ASSUMPTIONS } from '#engine/profile/assumptions.ts';
import { OP } from '#engine/event/op.ts';
import type { SimulatedStack } from '#engine/stack/simulated-stack.ts';
import {
  A,
  ADDRESSES,
  B,
  bindOne,
  fillUp,
  hostWith,
  OPTION,
  profileWith,
} from '../allocator/stack-under-test.ts';
import { RowBatches } from './row-batches.ts';

type Switches = Readonly<Record<string, string>>;

/** What `act` does on a host, beside a model with other switches. */
function lockstepOf(
  host: Switches,
  model: Switches,
  act: (stack: SimulatedStack) => void,
  mostCalls?: number,
): Lockstep {
  const rows = new RowBatches();
  const stack = hostWith(host, {}, rows);
  act(stack);
  const lockstep = new Lockstep({
    profile: profileWith(model),
    addresses: ADDRESSES,
    texts: stack.addresses,
    real: false,
    ...(mostCalls !== undefined && { mostCalls }),
  });
  for (const batch of rows.batches) lockstep.add(batch);
  return lockstep;
}

describe('differences', () => {
  it('are told with the step, both answers, and who is in the way', () => {
    const { listed } = lockstepOf({ 'PS-1': 'per-address' }, {}, (stack) => {
      fillUp(stack, [A]);
      bindOne(stack, B);
    }).result();
    const [one, ...more] = listed;
    expect(one).toMatchObject({
      kind: 'per-address-without-option',
      assumptions: ['PS-1'],
      arm: 0,
    });
    expect(one?.call).toBe('bind 10.0.0.2 : 0');
    expect(one?.host).toMatch(/^port 500\d\d$/);
    expect(one?.model).toMatch(/^not 500\d\d: held on 10\.0\.0\.1 by a socket without the option$/);
    expect(more).toEqual([]);
  });

  it('stay one each: after a number the model forbids both go on together', () => {
    const { kinds } = lockstepOf({ 'PS-1': 'per-address' }, {}, (stack) => {
      bindOne(stack, A);
      const { first, bound } = fillUp(stack, [B]);
      stack.release(first, bound, 1e15);
      fillUp(stack, [A], [OPTION]);
    }).result();
    // One number of B is A's too; when both are free again, nothing is left of it.
    expect(kinds.map(({ kind, count }) => [kind, count])).toEqual([
      ['per-address-without-option', 1],
    ]);
  });

  it('count a model that would have had more, and say how many', () => {
    const { kinds } = lockstepOf({ A1: 'ignored' }, {}, (stack) => {
      fillUp(stack, [A], [OPTION]);
      fillUp(stack, [B], [OPTION]);
    }).result();
    expect(kinds).toMatchObject([
      {
        kind: 'option-does-not-share',
        count: 1,
        first: { call: 'bind 10.0.0.2 : 0', host: 'WSAENOBUFS (10055)', model: 'has 40 left' },
      },
    ]);
  });

  it('over UDP are of a kind of their own', () => {
    const { kinds } = lockstepOf({ 'PS-1': 'per-address' }, {}, (stack) => {
      fillUp(stack, [A, B], [], 'udp');
    }).result();
    expect(kinds.map(({ kind }) => kind)).toEqual(['udp-per-address-without-option']);
  });

  it('are all counted, and the first ones listed', () => {
    const { kinds, listed } = lockstepOf({ A18: 'refused' }, {}, (stack) => {
      const socket = stack.socket('tcp', 'ipv4');
      for (let i = 0; i < 500; i++) stack.getsockopt(socket, OPTION);
    }).result();
    expect(kinds).toMatchObject([{ kind: 'option-unreadable', count: 500 }]);
    expect(listed).toHaveLength(MOST_LISTED);
    expect(listed.map(({ seq }) => seq)).toEqual(listed.map((_one, i) => i + 1));
  });

  it('in kinds name switches that there are', () => {
    const known = new Set<string>(listSwitches(DEFAULT_ASSUMPTIONS).map(({ id }) => id));
    for (const { assumptions } of Object.values(KINDS)) {
      for (const id of assumptions) expect(known).toContain(id);
    }
  });
});

describe('a comparison', () => {
  it('ends after so many calls, and says so', () => {
    const lockstep = lockstepOf({}, {}, (stack) => void fillUp(stack, [A, B], [OPTION]), 10);
    expect(lockstep.ended).toBe(true);
    expect(lockstep.result()).toMatchObject({
      compared: 10,
      stopped: 'only the first 10 calls were compared',
    });
  });

  it('ends at a row that no lab writes, and takes rows it does not know for nothing', () => {
    const rows = new RowBatches();
    rows.emit(77, 0, 0, 1, 1, 1, 0, 1);
    rows.emit(OP.bind, 0, 0, 9, 9, 0, 0, 0);
    rows.emit(OP.getsockname, 0, 0, 9, 9, 50_000, 0, 0);
    rows.emit(OP.release, 0, 0, 1, 1, 65_000, 0, 4_000_000_000);
    const lockstep = new Lockstep({
      profile: profileWith({}),
      addresses: ADDRESSES,
      texts: ['', A],
      real: true,
    });
    for (const batch of rows.batches) lockstep.add(batch);
    expect(lockstep.result().stopped).toBe('row 3 tells of ports beyond 65535');
  });
});

describe('the sentence', () => {
  it('names the host’s differences with their switches, and is null where there are none', () => {
    const wine = { 'PS-1': 'per-address', A14: 'wine', A15: 'wine', A18: 'refused' };
    const act = (stack: SimulatedStack): void => {
      fillUp(stack, [A], [OPTION]);
      stack.closeAll();
      fillUp(stack, [A, B]);
      stack.getsockopt(stack.socket('tcp', 'ipv4'), OPTION);
    };
    const { kinds } = lockstepOf(wine, {}, act).result();
    expect(differsSentence(kinds, 'documented', null)).toMatch(
      /^This host differs from the documented behaviour in 3 points: numbers are shared across addresses without any option \(PS-1\); .*a full pool answers WSAEADDRINUSE \(10048\), not WSAENOBUFS \(10055\) \(A14\)/,
    );
    expect(differsSentence(lockstepOf(wine, wine, act).result().kinds, 'x', null)).toBeNull();
    expect(differsSentence(kinds, 'x', '8.0')).toMatch(
      /^Wine 8\.0, not Windows, differs from profile x in 3 points: /,
    );
  });

  it('says how many calls were compared where nothing differs', () => {
    const record = { profile: 'documented', differs: null, notes: [], divergences: [], listed: [] };
    expect(comparedSentence({ ...record, compared: 1_234 })).toBe(
      '1,234 calls made on a model too: nothing differs from the documented behaviour.',
    );
    expect(comparedSentence({ ...record, compared: 0 })).toBe('No call was compared with a model.');
  });
});
