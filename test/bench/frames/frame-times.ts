import type { Page } from '@playwright/test';

export interface FrameTimes {
  readonly frames: number;
  /** Of the time between two frames, ms. */
  readonly p95: number;
  readonly max: number;
  /** Tasks over 50 ms on the page's thread. */
  readonly longTasks: number;
}

/** How evenly a page draws, as requestAnimationFrame sees it. */
export function frameTimes(page: Page, seconds: number): Promise<FrameTimes> {
  return page.evaluate(async (ms) => {
    let longTasks = 0;
    const observer = new PerformanceObserver((list) => {
      longTasks += list.getEntries().length;
    });
    observer.observe({ type: 'longtask' });
    const gaps: number[] = [];
    await new Promise<void>((done) => {
      let [last, end] = [0, 0];
      const frame = (now: number): void => {
        if (end === 0) end = now + ms;
        else gaps.push(now - last);
        last = now;
        if (now < end) requestAnimationFrame(frame);
        else done();
      };
      requestAnimationFrame(frame);
    });
    observer.disconnect();
    gaps.sort((a, b) => a - b);
    const at = (share: number): number =>
      gaps[Math.min(gaps.length - 1, Math.floor(gaps.length * share))] ?? Number.NaN;
    return { frames: gaps.length, p95: at(0.95), max: at(1), longTasks };
  }, seconds * 1_000);
}
