import { Notification, type BrowserWindow } from 'electron';
import type { LabLink } from './service/lab-link.ts';
import { RunClock } from './run-clock.ts';
import { showWindow } from './window/main-window.ts';

/** A run shorter than this needs no notice: whoever started it is still looking. */
const LONG_RUN_MS = 10_000;

/** Shows a run's progress on the taskbar, and its end to somebody who is looking elsewhere. */
export function setupActivitySigns(
  window: BrowserWindow,
  link: LabLink,
  navigate: (to: string) => void,
): void {
  const clock = new RunClock();
  link.listen({
    activity(activities) {
      clock.saw(
        activities.map(({ run }) => run),
        performance.now(),
      );
      if (window.isDestroyed()) return;
      const shares = activities.map(({ share }) => share);
      window.setProgressBar(shares.length === 0 ? -1 : Math.min(...shares));
    },
    ended({ run, title, verdict }) {
      const tookMs = clock.ended(run, performance.now());
      if (tookMs < LONG_RUN_MS || window.isDestroyed() || window.isFocused()) return;
      if (!Notification.isSupported()) return;
      const notice = new Notification({ title: `${title}: the run has ended`, body: verdict });
      notice.on('click', () => {
        showWindow(window);
        navigate(`/runs/${encodeURIComponent(run)}`);
      });
      notice.show();
    },
  });
}
