/** The page's own addresses, `app://lab/…`, and what may be navigated to. */

export const APP_SCHEME = 'app';
export const APP_ORIGIN = 'app://lab';

const REPORT = /^\/report\/([^/]+)\.html$/;

/** The path of one of our addresses, percent-encoded; null for any other address. */
export function ownPath(address: string): string | null {
  // URL.origin is 'null' for schemes it doesn't know.
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || `${url.protocol}//${url.host}` !== APP_ORIGIN) return null;
  return url.username === '' && url.password === '' ? url.pathname : null;
}

/** The run whose report a path means, or null. */
export function reportedRun(path: string): string | null {
  const name = REPORT.exec(path)?.[1];
  if (name === undefined) return null;
  try {
    return decodeURIComponent(name);
  } catch {
    return null;
  }
}

/** A page stays where it is, and a frame in it shows reports: nothing else is gone to. */
export function mayNavigate(address: string, isMainFrame: boolean): boolean {
  const path = ownPath(address);
  return path !== null && (reportedRun(path) === null) === isMainFrame;
}

/** What a page may load: nothing comes from a network. */
export function mayLoad(address: string): boolean {
  if (ownPath(address) !== null) return true;
  return address.startsWith('data:') || address.startsWith(`blob:${APP_ORIGIN}/`);
}

/** The recorded run the page shows, by its address; null where it shows something else. */
export function shownRun(address: string): string | null {
  const id = ownPath(address) === null ? undefined : /#\/runs\/([^/?#]+)/.exec(address)?.[1];
  if (id === undefined) return null;
  try {
    return decodeURIComponent(id);
  } catch {
    return null;
  }
}
