import type { RunDocument } from '#engine/run/run-document.ts';

/** The run document itself, as the command line gives it, indented for people. */
export function renderJson(document: RunDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
