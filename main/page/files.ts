import { extname, isAbsolute, relative, resolve } from 'node:path';

/** Stands in the built page wherever a response puts its nonce; build/bundle.mjs writes it. */
const NONCE_PLACEHOLDER = 'PORTLAB-NONCE';

const MIME: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** By its ending; bytes of no kind where it is unknown, which no page then runs. */
export function mimeOf(file: string): string {
  return MIME[extname(file).toLowerCase()] ?? 'application/octet-stream';
}

/** @param nonce base64url, as `newNonce` makes it */
export function withNonce(html: string, nonce: string): string {
  return html.replaceAll(NONCE_PLACEHOLDER, nonce);
}

/** Letters the built files' names are made of. No `:`, `\` or `%`: drives, streams and second decodings. */
const SEGMENT = /^[\w@+-][\w.@+-]*$/;
/** Names Windows takes for devices, whatever their ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * The file below `root` a request's path means, or null where it means none: a path that leaves the
 * root by any spelling, a hidden file, a device.
 * @param root absolute
 * @param urlPath as it stood in the URL, percent-encoded, beginning with `/`; `/` is index.html
 */
export function resolveInside(root: string, urlPath: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (!path.startsWith('/')) return null;
  const segments = path === '/' ? ['index.html'] : path.slice(1).split('/');
  const acceptable = segments.every(
    (segment) => SEGMENT.test(segment) && !segment.endsWith('.') && !DEVICE.test(segment),
  );
  if (!acceptable) return null;
  const file = resolve(root, ...segments);
  const within = relative(root, file);
  return within === '' || within.startsWith('..') || isAbsolute(within) ? null : file;
}
