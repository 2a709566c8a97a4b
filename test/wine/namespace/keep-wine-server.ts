import { runCommand, wineCore } from '#build/wine/command.mjs';
import { WINE_SERVER, wineEnvironment } from '#build/wine/prefix.mjs';

/**
 * Has the prefix's wineserver stay while programs come and go, so that Wine starts once for all of
 * them; whoever has the prefix ends it. To be called inside the network namespace it is to belong to.
 */
export async function keepWineServer(): Promise<void> {
  const command = ['-c', wineCore(), WINE_SERVER, '-p'];
  const { status, output } = await runCommand('taskset', command, {
    env: wineEnvironment(),
    timeoutMs: 10_000,
  });
  if (status !== 0) throw new Error(`wineserver -p ended with ${status}: ${output}`);
}
