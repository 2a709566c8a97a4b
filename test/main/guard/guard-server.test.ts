import { describe, expect, it } from 'vitest';
import type { FromGuard } from '#main/guard/guard-protocol.ts';
import { GuardServer } from '#main/guard/guard-server.ts';
import { A, B, modelled } from '../../engine/stack/modelled.ts';

const START = {
  kind: 'start',
  protocol: 'tcp',
  family: 'ipv4',
  address: A,
  ballast: 2,
  lab: 1,
} as const;

/** A guard at work in this process, on a host the test works on, too. */
function atWork() {
  const { stack } = modelled();
  const said: FromGuard[] = [];
  let heard = (): void => {};
  const server = new GuardServer({
    send(message) {
      said.push(message);
      heard();
    },
    openStack: () => stack,
    kill() {},
    exit() {},
  });
  server.receive(START);
  /** Resolves at the moment it is said. */
  const says = (kind: FromGuard['kind']): Promise<void> =>
    new Promise((resolve) => {
      heard = () => {
        if (said.at(-1)?.kind === kind) resolve();
      };
    });
  const fillUp = (): void => {
    const fill = { protocol: 'tcp', family: 'ipv4', options: [], budgetNs: 1e9 } as const;
    stack.fill({ ...fill, addresses: [stack.intern(B)], from: 0, count: 20 });
  };
  return { server, said, says, fillUp };
}

describe('the guard, asked to open a window', () => {
  it('looks once more before it does, and warns of a host that is short of ports already', async () => {
    const { server, said, says, fillUp } = atWork();
    await says('canary');
    const from = said.length;
    // Right after a look: the next one by itself is 100 ms away.
    fillUp();
    server.receive({ kind: 'window', id: 7, open: true });
    await says('windowSet');
    expect(said.slice(from)).toMatchObject([
      { kind: 'canary', meant: false },
      { kind: 'starved' },
      { kind: 'windowSet', id: 7 },
    ]);
  });

  it('does so at once, and takes what fails from then on for a measurement', async () => {
    const { server, said, says, fillUp } = atWork();
    await says('canary');
    const from = performance.now();
    server.receive({ kind: 'window', id: 8, open: true });
    await says('windowSet');
    expect(performance.now() - from).toBeLessThan(90);
    fillUp();
    await says('canary');
    expect(said.at(-1)).toMatchObject({ meant: true });
    expect(said.at(-1)).not.toMatchObject({ bind: 0 });
    expect(said.some(({ kind }) => kind === 'starved')).toBe(false);
  });
});
