import { Command } from 'commander';
import { count } from '#engine/model/words.ts';
import { stopEverything } from '../../service/stop-requests.ts';
import type { Console } from '../console.ts';

export function stopCommand(out: Console): Command {
  return new Command('stop')
    .description(
      'Ends whatever lab runs on this host, and waits until everything is released.\n' +
        'Needs no free port. What was recorded is kept.',
    )
    .action(async () => {
      const { stopped, released } = await stopEverything();
      out.result({ stopped, released }, () =>
        stopped.length === 0
          ? 'No lab runs on this host.'
          : `Stopped ${stopped.join(', ')}: ${count(released, 'socket')} released.`,
      );
    });
}
