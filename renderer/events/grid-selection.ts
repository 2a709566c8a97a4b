/** A chosen range of a list's places: from where it began to the current one, both included. */
export interface GridSelection {
  readonly anchor: number;
  readonly current: number;
}

export interface GridKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
}

/** What a key makes of it; null where the key means nothing here. @param page rows a page moves */
export function selectionAfterKey(
  selection: GridSelection | null,
  { key, shiftKey, ctrlKey }: GridKey,
  rowCount: number,
  page: number,
): GridSelection | null {
  if (rowCount === 0) return null;
  const last = rowCount - 1;
  if (ctrlKey && key.toLowerCase() === 'a') return { anchor: 0, current: last };
  const at = selection?.current ?? -1;
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: Math.max(0, at) + page,
    PageUp: at - page,
    Home: 0,
    End: last,
  };
  const move = moves[key];
  if (move === undefined) return null;
  const current = Math.min(Math.max(0, move), last);
  return { anchor: shiftKey ? (selection?.anchor ?? current) : current, current };
}

export function selectionAfterClick(
  selection: GridSelection | null,
  at: number,
  shiftKey: boolean,
): GridSelection {
  return { anchor: shiftKey ? (selection?.anchor ?? at) : at, current: at };
}

/** First place and the one after the last. */
export function rangeOf({ anchor, current }: GridSelection): { from: number; to: number } {
  return { from: Math.min(anchor, current), to: Math.max(anchor, current) + 1 };
}
