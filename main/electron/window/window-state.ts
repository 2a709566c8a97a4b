import { z } from 'zod';

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where the window was, in device-independent pixels; its size before it was maximised. */
export interface WindowState extends Area {
  readonly maximized: boolean;
}

const pixels = z.int().min(-100_000).max(100_000);

export const windowStateSchema = z.object({
  x: pixels,
  y: pixels,
  width: pixels,
  height: pixels,
  maximized: z.boolean(),
});

const PREFERRED: Size = { width: 1440, height: 900 };
/** The screens are laid out down to this. */
const LEAST: Size = { width: 1024, height: 700 };
/** What a small display scaled to 200 % leaves: the screens then scroll. */
const LEAST_ON_SMALL_DISPLAY: Size = { width: 800, height: 560 };
/** Of the title bar, so much must lie on a display, or nobody could get hold of the window. */
const GRIP: Size = { width: 120, height: 32 };

/** How small the window may become on a display. @param workArea the display without its taskbar */
export function leastSize(workArea: Size): Size {
  return {
    width: clamp(workArea.width, LEAST_ON_SMALL_DISPLAY.width, LEAST.width),
    height: clamp(workArea.height, LEAST_ON_SMALL_DISPLAY.height, LEAST.height),
  };
}

/**
 * Where the window opens: where it was, if a display is still there; else in the middle of the first.
 * @param workAreas displays without their taskbars, the primary one first; at least one
 */
export function placeWindow(
  state: WindowState | null,
  workAreas: readonly [Area, ...Area[]],
): WindowState {
  const wanted = state ?? { ...PREFERRED, maximized: false };
  if (state !== null) {
    for (const area of workAreas) {
      const place = { x: state.x, y: state.y, ...sizeOn(area, wanted) };
      if (isWithinReach(place, area)) return { ...place, maximized: state.maximized };
    }
  }
  const [area] = workAreas;
  const size = sizeOn(area, wanted);
  return {
    x: area.x + Math.max(0, Math.round((area.width - size.width) / 2)),
    y: area.y + Math.max(0, Math.round((area.height - size.height) / 2)),
    ...size,
    maximized: wanted.maximized,
  };
}

/** As near to what is wanted as a display lets it be. */
function sizeOn(area: Size, wanted: Size): Size {
  const least = leastSize(area);
  return {
    width: clamp(wanted.width, least.width, Math.max(least.width, area.width)),
    height: clamp(wanted.height, least.height, Math.max(least.height, area.height)),
  };
}

function isWithinReach(window: Area, area: Area): boolean {
  const across =
    Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const titleAt = window.y - area.y;
  return across >= GRIP.width && titleAt >= 0 && titleAt <= area.height - GRIP.height;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
