import { z } from 'zod';

/**
 * What the desktop's main process and its window tell each other, beside the frames: plain objects on
 * the same port (frames are bytes). In a browser there is no shell and none of this.
 */

/** From main to the window. */
export type ToScreen =
  | {
      readonly shell: 'service';
      /** `down`: the lab service ended; the window stays. `up` again: a new connection begins. */
      readonly state: 'up' | 'down';
      /** In words, why it went down. */
      readonly reason: string;
    }
  /** Go to a place of the app, `/runs/ID`. */
  | { readonly shell: 'navigate'; readonly to: string }
  /** A menu item or its accelerator. */
  | { readonly shell: 'command'; readonly command: ShellCommand }
  /** A sentence about something main did or could not do. */
  | { readonly shell: 'notice'; readonly intent: 'info' | 'error'; readonly text: string };

export const SHELL_COMMANDS = ['stop', 'refresh', 'import', 'new-run'] as const;
export type ShellCommand = (typeof SHELL_COMMANDS)[number];

/** From the window to main. Untrusted: main checks it. */
export const fromScreenSchema = z.discriminatedUnion('shell', [
  z.strictObject({ shell: z.literal('restart-service') }),
  /** Print a run's report to PDF, where the admin says. */
  z.strictObject({ shell: z.literal('save-pdf'), run: z.string().min(1).max(100) }),
]);
export type FromScreen = z.infer<typeof fromScreenSchema>;
