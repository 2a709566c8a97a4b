import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CallInput } from '#engine/api/contract.ts';
import type { Wire } from '#engine/api/wire.ts';
import type { Link, LinkEvents } from '#renderer/connection/connect.ts';
import { createLabStore, type LabStore } from '#renderer/connection/lab-store.ts';
import { CONNECTIONS, type Connected } from '../../wire/connections.ts';

/** Paced, it would take minutes. */
const LONG: CallInput<'startRun'>['wish'] = {
  experiment: 'capacity',
  stack: 'simulated',
  addresses: ['10.0.0.1', '10.0.0.2'],
  exhaustive: true,
  maxSockets: 40_000,
  parameters: { rate: '2000' },
};

/** Hands real wires over when told to, as the preload script or the browser's link do. */
function handLink(): Link & { events(): LinkEvents; readonly ended: string[] } {
  let listeners: LinkEvents | null = null;
  const ended: string[] = [];
  return {
    isDesktop: true,
    ended,
    events() {
      if (listeners === null) throw new Error('not started');
      return listeners;
    },
    start(events) {
      listeners = events;
    },
    wireEnded: (reason) => void ended.push(reason),
    settled() {},
    reconnect() {},
    send() {},
  };
}

describe.each(CONNECTIONS)('a screen’s connection over $name', ({ connect }) => {
  let lab: Connected;
  let link: ReturnType<typeof handLink>;
  let store: LabStore;

  beforeAll(async () => {
    lab = await connect();
  });
  afterAll(() => lab.close());
  beforeEach(() => {
    link = handLink();
    store = createLabStore(link);
    store.start();
  });

  const waitFor = (state: string): Promise<void> =>
    vi.waitFor(() => expect(store.getState().state).toBe(state), { timeout: 20_000 });

  async function hand(token = lab.token): Promise<Wire> {
    const wire = await lab.open();
    link.events().wire(wire, token);
    return wire;
  }

  test('greets the service before anything else is asked', async () => {
    expect(store.getState()).toMatchObject({ client: null, state: 'connecting' });
    await hand();
    await waitFor('connected');
    const { client, hello, connection } = store.getState();
    expect(hello?.readOnly).toBe(false);
    expect(connection).toBe(1);
    expect((await client?.call('profiles', {}))?.profiles.length).toBeGreaterThan(0);
  });

  test('shows what goes on, also what began before it came', async () => {
    await hand();
    await waitFor('connected');
    const { client } = store.getState();
    const started = await client?.call('startRun', { wish: LONG });
    const run = started?.run ?? '';
    const late = createLabStore(handLinkTo(await lab.open(), lab.token));
    late.start();
    const runs = (one: LabStore): string[] => one.getState().activities.map((each) => each.run);
    await vi.waitFor(() => expect(runs(late)).toContain(run), { timeout: 20_000 });
    await vi.waitFor(() => expect(runs(store)).toContain(run), { timeout: 20_000 });

    const ended: string[] = [];
    store.onEvent('ended', (end) => void ended.push(end.run));
    await client?.call('stopRun', { run });
    await vi.waitFor(() => expect(ended).toEqual([run]), { timeout: 20_000 });
    await vi.waitFor(() => expect(runs(store)).toEqual([]), { timeout: 20_000 });
  });

  test('is lost when the wire ends, keeps the greeting, and comes back with the next', async () => {
    const wire = await hand();
    await waitFor('connected');
    wire.close();
    await waitFor('lost');
    expect(store.getState()).toMatchObject({ client: null, activities: [] });
    expect(store.getState().hello).not.toBeNull();
    expect(link.ended).toHaveLength(1);
    await hand();
    await waitFor('connected');
    expect(store.getState().connection).toBe(2);
  });

  test('does not mind an old wire that ends after a new one came', async () => {
    const old = await hand();
    await waitFor('connected');
    await hand();
    await waitFor('connected');
    await vi.waitFor(() => expect(store.getState().connection).toBe(2));
    old.close();
    await store.getState().client?.call('activities', {});
    expect(store.getState().state).toBe('connected');
    expect(link.ended).toEqual([]);
  });
});

function handLinkTo(wire: Wire, token: string | undefined): Link {
  return { ...handLink(), start: (events) => events.wire(wire, token) };
}
