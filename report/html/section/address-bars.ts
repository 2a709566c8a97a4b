import { thousands } from '#engine/model/words.ts';
import type { Arm, Basis } from '#engine/run/run-document.ts';
import { html, type Markup } from '../markup.ts';

/** Up to so many addresses get a bar and a figure of their own. */
const MAX_BARS = 8;
/** Beyond that a column each, as long as a column can be seen. */
const MAX_COLUMNS = 128;

/** Ports of each address as bars on one scale: `full` is the whole width. */
export function addressBars(arm: Arm, basis: Basis, full: number): Markup {
  const entries = Object.entries(arm.perAddress);
  if (entries.length === 0) return html`<span class="quiet">no address</span>`;
  if (entries.length <= MAX_BARS) {
    return html`<span class="bars of-${arm.strategy}"
      >${entries.map(
        ([address, ports]) =>
          html`<span class="address">${address}</span
            ><span class="track"
              ><span class="bar ${basis}" style="width:${share(ports, full)}%"></span></span
            ><span class="n">${thousands(ports)}</span>`,
      )}</span
    >`;
  }
  return html`${summary(entries)}${
    entries.length <= MAX_COLUMNS &&
    html`<span class="columns of-${arm.strategy}" aria-hidden="true"
      >${entries.map(
        ([, ports]) =>
          html`<span class="bar ${basis}" style="height:${share(ports, full)}%"></span>`,
      )}</span
    >`
  }`;
}

function summary(entries: readonly (readonly [string, number])[]): Markup {
  const counts = entries.map(([, ports]) => ports);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const each = least === most ? thousands(most) : `${thousands(least)} to ${thousands(most)}`;
  return html`<span>${thousands(entries.length)} addresses, ${each} each</span>`;
}

function share(ports: number, full: number): string {
  return Math.min(100, (100 * ports) / Math.max(1, full)).toFixed(2);
}
