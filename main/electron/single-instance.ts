import { app } from 'electron';
import { z } from 'zod';

const secondSchema = z.object({
  runFiles: z.array(z.string().min(1).max(32_767)).max(1_000),
});

/**
 * One window for a profile of one user: a second start hands its files to the first and ends.
 * @param runFiles absolute
 * @returns whether this is the first
 */
export function becomeOnlyInstance(runFiles: readonly string[]): boolean {
  return app.requestSingleInstanceLock({ runFiles });
}

/** @param handler takes the files of a second start */
export function onSecondInstance(handler: (runFiles: readonly string[]) => void): void {
  // Its words as Chromium passes them on are in another order, and more; ours come as they were.
  app.on('second-instance', (_event, _words, _folder, data) => {
    handler(secondSchema.safeParse(data).data?.runFiles ?? []);
  });
  // macOS hands files over in its own way.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    handler([path]);
  });
}
