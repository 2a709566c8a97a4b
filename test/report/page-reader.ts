/** Elements that stand alone in HTML, and SVG's, which the page closes explicitly. */
const VOID = new Set(['meta', 'link', 'br', 'hr', 'img', 'input', 'circle', 'path', 'rect']);

export interface PageElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Text inside, tags taken away, entities kept. */
  readonly text: string;
}

/**
 * Reads a page strictly: every element closed in order, attributes quoted, nothing left open.
 * @throws Error naming the first thing that is not well formed
 */
export function readPage(page: string): PageElement[] {
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: (typeof elements)[number][] = [];
  let at = page.indexOf('>') + 1;
  if (!page.startsWith('<!doctype html>')) throw new Error('no doctype');
  while (at < page.length) {
    const next = page.indexOf('<', at);
    const text = page.slice(at, next < 0 ? page.length : next);
    for (const element of open) element.text += text;
    if (next < 0) break;
    const tag = /^<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z:-]+(?:="[^"<]*")?)*)\s*(\/?)>/.exec(
      page.slice(next, next + 20_000),
    );
    if (tag === null) throw new Error(`no tag at ${page.slice(next, next + 80)}`);
    const [whole, closing, name = '', attributes = '', selfClosed] = tag;
    at = next + whole.length;
    if (closing === '/') {
      const top = open.pop();
      if (top?.name === name) continue;
      // <path></path> is closed though it could stand alone.
      if (VOID.has(name) && top !== undefined) {
        open.push(top);
        continue;
      }
      throw new Error(`</${name}> closes <${top?.name}>`);
    }
    const element = { name, attributes: attributesOf(attributes), text: '' };
    elements.push(element);
    if (selfClosed !== '/' && !VOID.has(name)) open.push(element);
    if (name === 'style') {
      const end = page.indexOf('</style>', at);
      element.text = page.slice(at, end);
      at = end;
    }
  }
  if (open.length > 0)
    throw new Error(`left open: ${open.map((element) => element.name).join(' ')}`);
  return elements;
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([a-zA-Z:-]+)(?:="([^"]*)")?/g)];
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, value]));
}

/** Text as a reader sees it. */
export function visibleText(markup: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
  };
  return markup
    .replace(/\s+/g, ' ')
    .replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity)
    .trim();
}
