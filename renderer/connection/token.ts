const KEY = 'portlab-token';

/**
 * The token of the address `portlab serve` printed. It stands in the fragment, which no request
 * carries; here it leaves the address bar, and stays with the tab so that a reload may still write.
 * A fragment that begins with `/` is a place in the app.
 */
export function takeToken(): string | undefined {
  const fragment = location.hash.slice(1);
  if (/^[\w-]{16,200}$/.test(fragment)) {
    history.replaceState(history.state, '', `${location.pathname}${location.search}`);
    keep(fragment);
    return fragment;
  }
  return kept();
}

function keep(token: string): void {
  try {
    sessionStorage.setItem(KEY, token);
  } catch {
    // Storage may be forbidden; then a reload needs the whole address again.
  }
}

function kept(): string | undefined {
  try {
    return sessionStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Pasting an address with another token into this tab changes the fragment only: begin again with it. */
export function watchForToken(): void {
  window.addEventListener('hashchange', () => {
    if (/^#[\w-]{16,200}$/.test(location.hash) && takeToken() !== undefined) location.reload();
  });
}
