import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { LabError } from '#engine/model/lab-error.ts';
import * as parse from '../arguments.ts';
import { EXIT, type Console } from '../console.ts';

interface ServeOptions {
  port: number;
  open?: boolean;
}

/** The built screens lie beside the bundle this runs from. */
const SCREENS = fileURLToPath(new URL('../renderer/', import.meta.url));

export function serveCommand(out: Console): Command {
  return new Command('serve')
    .description(
      'Serves the same screens as the desktop to a browser on this machine, until Ctrl-C',
    )
    .option('--port <n>', 'port on 127.0.0.1; 0 is any free one', parse.wholeNumber(0, 65_535), 0)
    .option('--open', 'also open them in the default browser')
    .action(async ({ port, open }: ServeOptions, command: Command) => {
      const { db } = command.optsWithGlobals<{ db: string }>();
      if (!existsSync(SCREENS)) {
        throw new LabError('failed', 'the screens are not built', 'run: node build/bundle.mjs');
      }
      // Loaded here: no other command needs a web server.
      const { startWebServer } = await import('../../web/web-server.ts');
      const server = await startWebServer({ database: db, port, screens: SCREENS });
      const { url, ws, token } = server;
      // Whoever reads the line may end it at once.
      const asked = endAsked();
      out.result({ url, ws, token }, () => url);
      if (open === true) openBrowser(url);
      await asked;
      await server.close();
      process.exit(EXIT.done);
    });
}

/** The same Ctrl-C comes more than once: from the terminal, and from whoever started this. */
const SAME_SIGNAL_MS = 500;

/** Ctrl-C, a signal, or the end of whoever started this. A second Ctrl-C doesn't wait for the release. */
function endAsked(): Promise<void> {
  return new Promise((resolve) => {
    let askedAt: number | null = null;
    const ask = (): void => {
      const now = performance.now();
      if (askedAt !== null && now - askedAt > SAME_SIGNAL_MS) process.exit(EXIT.interrupted);
      askedAt ??= now;
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const)
      process.on(signal, ask);
    process.on('disconnect', ask);
    process.channel?.unref();
  });
}

function openBrowser(url: string): void {
  const [program, args] =
    process.platform === 'win32'
      ? ['rundll32.exe', ['url.dll,FileProtocolHandler', url]]
      : [process.platform === 'darwin' ? 'open' : 'xdg-open', [url]];
  // Where there is no browser, the address on the console is the way.
  spawn(program, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
