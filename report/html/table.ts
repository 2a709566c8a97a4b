import { html, type Content, type Markup } from './markup.ts';

export interface Column {
  readonly title: string;
  /** Right-aligned with tabular figures. */
  readonly number?: boolean;
  /** Share of the width, in percent; the rest is left to the browser. */
  readonly width?: number;
}

export interface TableParts {
  readonly caption: Content;
  /** For screen readers only: where the heading above says it already. */
  readonly captionHidden?: boolean;
  readonly columns: readonly Column[];
  /** A row's first cell is its header. */
  readonly rows: readonly (readonly Content[])[];
  /** Turns each row into a card where the page is narrow. Short tables of few columns need not. */
  readonly cards?: boolean;
}

/**
 * A table with caption and scopes. Roles are spelled out because a table whose display changes
 * loses them in some browsers.
 */
export function table(parts: TableParts): Markup {
  const { caption, captionHidden = false, columns, rows, cards = false } = parts;
  return html`<div class="scroll">
    <table role="table" ${cards && html` class="cards"`}>
      <caption>
        ${captionHidden ? html`<span class="hidden">${caption}</span>` : caption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map(
            (column) =>
              html`<th
                scope="col"
                role="columnheader"
                ${column.number && html` class="n"`}${
                  column.width !== undefined && html` style="width:${column.width}%"`
                }
              >
                ${column.title}
              </th>`,
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map(
          (row) =>
            html`<tr role="row">
              ${columns.map((column, at) => cell(column, row[at], at === 0))}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

function cell(column: Column, content: Content, header: boolean): Markup {
  const shown = isEmpty(content) ? '\u2013' : content;
  const number = column.number && html` class="n"`;
  return header
    ? html`<th scope="row" role="rowheader" ${number}>${shown}</th>`
    : html`<td role="cell" data-label="${column.title}" ${number}><div>${shown}</div></td>`;
}

function isEmpty(content: Content): boolean {
  return content === null || content === undefined || content === '' || content === false;
}
