import type { LabClient } from '#engine/api/client.ts';
import type { RunWishInput } from '#engine/api/run-wish.ts';
import type { Connected, Connection } from '#test/wire/connections.ts';
import { openScreen, type Screen } from '#test/wire/screen.ts';

/** A real service on an empty database, and a screen of it. */
export interface RecordedLab {
  readonly connected: Connected;
  readonly screen: Screen;
  readonly client: LabClient;
  /** Runs it to its end. @returns its id */
  record(wish: RunWishInput): Promise<string>;
  ids(): Promise<string[]>;
  close(): Promise<void>;
}

/** Two small arms on the model: some hundred events. */
export const SMALL: RunWishInput = {
  experiment: 'capacity',
  stack: 'simulated',
  addresses: ['10.0.0.1', '10.0.0.2'],
  maxSockets: 300,
  seed: 7,
};

export async function recordedLab({ connect }: Connection): Promise<RecordedLab> {
  const connected = await connect();
  const screen = await openScreen(connected);
  const { client } = screen;
  return {
    connected,
    screen,
    client,
    async record(wish) {
      const { run } = await client.call('startRun', { wish });
      await screen.untilEnded(run);
      return run;
    },
    ids: async () => (await client.call('runs', {})).runs.map(({ id }) => id),
    close: () => connected.close(),
  };
}
