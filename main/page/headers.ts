/** What the page and the reports may do, as response headers; the same from app:// and from http://. */

export type ResponseHeaders = Readonly<Record<string, string>>;

const COMMON: ResponseHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** Bytes of a nonce; CSP asks for 16 at least. */
const NONCE_BYTES = 16;

/** A new one for every response. */
export function newNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(NONCE_BYTES))).toString('base64url');
}

/**
 * For index.html, without its Content-Type.
 * @param nonce put into the page by `withNonce`: Fluent UI's style elements carry it
 */
export function pageHeaders(nonce: string): ResponseHeaders {
  return {
    ...COMMON,
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "font-src 'self'",
      "img-src 'self' data: blob:",
      "connect-src 'self'",
      "frame-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    // The nonce is of this response only.
    'Cache-Control': 'no-store',
  };
}

/**
 * For a run's report, shown in a frame of the page. A run may have come from somebody else's
 * `.labrun`, so its report is sandboxed: no script, no origin, nothing loaded.
 */
export function reportHeaders(): ResponseHeaders {
  return {
    ...COMMON,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy':
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'",
    'Cache-Control': 'no-store',
  };
}

/** For the page's scripts, styles, fonts and pictures, without their Content-Type. */
export function assetHeaders(): ResponseHeaders {
  return { ...COMMON, 'Cache-Control': 'no-cache' };
}
