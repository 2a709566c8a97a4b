const MARK = 'Do: ';

/** A sentence of the lab and, after its `Do:`, the advice; null where it has none. */
export function adviceParts(text: string): { what: string; advice: string | null } {
  const at = text.indexOf(MARK);
  if (at < 0) return { what: text, advice: null };
  const advice = text.slice(at + MARK.length).trim();
  return {
    what: text.slice(0, at).trim(),
    advice: advice.slice(0, 1).toUpperCase() + advice.slice(1),
  };
}
