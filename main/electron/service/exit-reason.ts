/** Letters of its last words a reason quotes. */
const QUOTED = 300;

/**
 * Why the lab service ended, in words.
 * @param lastWords what it wrote to stderr at last
 */
export function exitReason(
  code: number | null,
  signal: string | null,
  lastWords: readonly string[],
): string {
  const how = signal === null ? `exit status ${statusWords(code ?? 0)}` : `ended by ${signal}`;
  const lines = lastWords.map((line) => line.trim()).filter((line) => line !== '');
  // Of an uncaught error this line says what happened; those around it say where.
  const said = lines.findLast((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1);
  return said === undefined ? how : `${how}: ${said.slice(0, QUOTED)}`;
}

/** Windows' own statuses are known by their hexadecimal form. */
function statusWords(code: number): string {
  return code > 0xffff ? `0x${code.toString(16).toUpperCase()}` : String(code);
}
