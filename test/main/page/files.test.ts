import { join, resolve, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mimeOf, resolveInside, withNonce } from '#main/page/files.ts';

const root = resolve('/srv/renderer');

describe('resolveInside', () => {
  it('finds the page and what it loads', () => {
    expect(resolveInside(root, '/')).toBe(join(root, 'index.html'));
    expect(resolveInside(root, '/index.html')).toBe(join(root, 'index.html'));
    expect(resolveInside(root, '/assets/index-B_a-9.js')).toBe(
      join(root, 'assets', 'index-B_a-9.js'),
    );
  });

  it.each([
    '/../secret',
    '/..%2fsecret',
    '/%2e%2e/secret',
    '/%2e%2e%2fsecret',
    '/assets/../../secret',
    '/..%5csecret',
    '/..\\secret',
    '/assets%5c..%5c..%5csecret',
    '//etc/passwd',
    '/%2fetc/passwd',
    '/C:/Windows/win.ini',
    '/C%3a%5cWindows',
    '/%252e%252e/secret',
    '/index.html::$DATA',
    '/index.html%00.js',
    '/assets/',
    '/.env',
    '/assets/.hidden',
    '/index.html.',
    '/index.html%20',
    '/nul',
    '/CON.html',
    '/aux.js',
    '/%',
    '/%ff',
    '',
    'index.html',
  ])('refuses %s', (path) => {
    expect(resolveInside(root, path)).toBeNull();
  });

  it('never leaves the root, whatever is asked', () => {
    const piece = fc.oneof(
      fc.constantFrom('..', '.', '/', '\\', '%2e', '%2f', '%5c', '%00', ':', 'a', 'index.html'),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const file = resolveInside(root, `/${pieces.join('')}`);
        if (file !== null) expect(file.startsWith(root + sep)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
});

it('types what the page is made of and calls the rest bytes', () => {
  expect(mimeOf('index.html')).toBe('text/html; charset=utf-8');
  expect(mimeOf('a/B.JS')).toBe('text/javascript; charset=utf-8');
  expect(mimeOf('inter.woff2')).toBe('font/woff2');
  expect(mimeOf('favicon.ico')).toBe('image/x-icon');
  expect(mimeOf('app.exe')).toBe('application/octet-stream');
  expect(mimeOf('none')).toBe('application/octet-stream');
});

it('puts the nonce everywhere the page asks for it', () => {
  const html = '<meta property="csp-nonce" nonce="PORTLAB-NONCE"><script nonce="PORTLAB-NONCE">';
  expect(withNonce(html, 'x-1_')).toBe(
    '<meta property="csp-nonce" nonce="x-1_"><script nonce="x-1_">',
  );
});
