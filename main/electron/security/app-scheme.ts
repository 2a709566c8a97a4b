import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import type { ReportFile } from '#engine/api/views.ts';
import { mimeOf, resolveInside, withNonce } from '#main/page/files.ts';
import { assetHeaders, newNonce, pageHeaders, reportHeaders } from '#main/page/headers.ts';
import { APP_SCHEME, ownPath, reportedRun } from './app-address.ts';

/** Before the app is ready: makes app:// an origin of its own, with the rights of https. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/**
 * Serves the built screens and runs' reports as app://lab/….
 * @param root folder of the screens, absolute
 */
export function serveAppScheme(
  session: Session,
  root: string,
  reportOf: (run: string) => Promise<ReportFile>,
): void {
  session.protocol.handle(APP_SCHEME, async (request) => {
    if (request.method !== 'GET') return refusal(405, 'only GET');
    const path = ownPath(request.url);
    if (path === null) return refusal(404, 'no such place');
    const run = reportedRun(path);
    return run === null ? answerFile(root, path) : answerReport(run, reportOf);
  });
}

async function answerFile(root: string, path: string): Promise<Response> {
  const file = resolveInside(root, path);
  if (file === null) return refusal(404, 'no such file');
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await readFile(file);
  } catch {
    return refusal(404, 'no such file');
  }
  const type = { 'Content-Type': mimeOf(file) };
  if (!file.endsWith('.html'))
    return new Response(bytes, { headers: { ...assetHeaders(), ...type } });
  const nonce = newNonce();
  const html = withNonce(new TextDecoder().decode(bytes), nonce);
  return new Response(html, { headers: { ...pageHeaders(nonce), ...type } });
}

async function answerReport(
  run: string,
  reportOf: (run: string) => Promise<ReportFile>,
): Promise<Response> {
  try {
    const { body } = await reportOf(run);
    return new Response(Uint8Array.from(body), { headers: reportHeaders() });
  } catch (error) {
    return refusal(404, error instanceof Error ? error.message : String(error));
  }
}

function refusal(status: number, words: string): Response {
  return new Response(`${words}\n`, {
    status,
    headers: { ...assetHeaders(), 'Content-Type': 'text/plain; charset=utf-8' },
  });
}
