import type { Page } from '@playwright/test';

export interface Scrubbed {
  /** Of the time between two frames, ms. */
  readonly p95: number;
  readonly max: number;
  /** Share of the frames that drew another instant. */
  readonly fresh: number;
}

const FRAMES = 400;

/** Drags the playhead to and fro over the whole run, a step with every animation frame. */
export function scrub(page: Page): Promise<Scrubbed> {
  return page.evaluate(async (frames) => {
    const slider = document.querySelector<HTMLElement>('[role=slider][aria-valuetext*=" event "]');
    if (slider === null) throw new Error('no slider');
    const { left, top, width } = slider.getBoundingClientRect();
    // A pointer the browser knows nothing of can't be captured.
    slider.setPointerCapture = () => {};
    slider.hasPointerCapture = () => true;
    const fire = (type: string, x: number): void => {
      const init = { bubbles: true, pointerId: 1, button: 0, buttons: 1, isPrimary: true };
      slider.dispatchEvent(new PointerEvent(type, { ...init, clientX: x, clientY: top + 40 }));
    };
    fire('pointerdown', left + width / 2);
    const gaps: number[] = [];
    let [last, fresh] = [0, 0];
    let shown = '';
    await new Promise<void>((done) => {
      const frame = (now: number): void => {
        if (last > 0) gaps.push(now - last);
        last = now;
        fire('pointermove', left + width * (0.5 + 0.48 * Math.sin(gaps.length / 25)));
        const text = slider.getAttribute('aria-valuetext') ?? '';
        if (text !== shown) fresh++;
        shown = text;
        if (gaps.length < frames) requestAnimationFrame(frame);
        else done();
      };
      requestAnimationFrame(frame);
    });
    fire('pointerup', left + width / 2);
    gaps.sort((a, b) => a - b);
    const at = (share: number): number =>
      gaps[Math.min(gaps.length - 1, Math.floor(gaps.length * share))] ?? Number.NaN;
    return { p95: at(0.95), max: at(1), fresh: fresh / frames };
  }, FRAMES);
}
