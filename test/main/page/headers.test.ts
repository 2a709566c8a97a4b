import { describe, expect, it } from 'vitest';
import { assetHeaders, newNonce, pageHeaders, reportHeaders } from '#main/page/headers.ts';

const policyOf = (headers: Readonly<Record<string, string>>): Map<string, string[]> =>
  new Map(
    (headers['Content-Security-Policy'] ?? '').split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(' ');
      return [name, values];
    }),
  );

describe('the page’s policy', () => {
  const policy = policyOf(pageHeaders('abc123'));

  it('allows styles of the page and of the nonce only, scripts of the page only', () => {
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.get('script-src')).toEqual(["'self'"]);
    expect(policy.get('style-src')).toEqual(["'self'", "'nonce-abc123'"]);
  });

  it('allows nothing inline, no eval and no foreign place anywhere', () => {
    for (const values of policy.values()) {
      for (const value of values) {
        expect(value).toMatch(/^(?:'none'|'self'|'nonce-abc123'|data:|blob:)$/);
      }
    }
  });

  it('forbids bases, forms and being framed', () => {
    for (const name of ['base-uri', 'form-action', 'frame-ancestors']) {
      expect(policy.get(name)).toEqual(["'none'"]);
    }
  });
});

describe('a report’s policy', () => {
  const policy = policyOf(reportHeaders());

  it('sandboxes it without any exception and lets the page alone frame it', () => {
    expect(policy.get('sandbox')).toEqual([]);
    expect(policy.get('frame-ancestors')).toEqual(["'self'"]);
    expect(policy.has('script-src')).toBe(false);
    expect(policy.get('default-src')).toEqual(["'none'"]);
  });
});

it('no response is sniffed, none names where it came from', () => {
  for (const headers of [pageHeaders('n'), reportHeaders(), assetHeaders()]) {
    expect(headers['X-Content-Type-Options']).toBe('nosniff');
    expect(headers['Referrer-Policy']).toBe('no-referrer');
  }
});

it('nonces are long, new each time and safe inside an attribute', () => {
  const nonces = new Set(Array.from({ length: 1000 }, () => newNonce()));
  expect(nonces.size).toBe(1000);
  for (const nonce of nonces) expect(nonce).toMatch(/^[\w-]{22}$/);
});
