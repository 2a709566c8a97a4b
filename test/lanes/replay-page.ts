import type { Locator, Page } from '@playwright/test';
import type { EventBatch } from '#engine/event/event-batch.ts';
import { describeCode } from '#engine/model/winsock-error.ts';
import { opName } from '#engine/event/op.ts';
import { expect } from './fixtures.ts';

/** The replay screen, as a person finds things on it. */
export class ReplayPage {
  readonly page: Page;
  readonly heading: Locator;
  readonly slider: Locator;
  readonly model: Locator;
  /** The events around the instant: one stop of the tab key. */
  readonly table: Locator;
  /** Its rows, without the headers. */
  readonly rows: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { level: 1 });
    this.slider = page.getByRole('slider', { name: 'Instant of the run' });
    this.model = page.getByRole('group', { name: 'Model' });
    this.table = page.getByRole('grid', { name: 'Events around the instant' });
    this.rows = this.table.getByRole('rowgroup').last().getByRole('row');
  }

  /** Of a run, by the address inside the app; everything recorded is read then. */
  async open(run: string): Promise<void> {
    await this.page.evaluate((to) => {
      location.hash = to;
    }, `/runs/${run}/replay`);
    await this.ready();
  }

  async ready(): Promise<void> {
    await expect(this.slider).toHaveAttribute('aria-valuetext', /event \d/);
    await expect(this.page.getByText(/of the recording read|made on the model/)).toHaveCount(0, {
      timeout: 120_000,
    });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** The event shown, from 1; 0 before the first. */
  async event(): Promise<number> {
    return Number(await this.slider.getAttribute('aria-valuenow'));
  }

  async atEvent(event: number): Promise<void> {
    await expect(this.slider).toHaveAttribute('aria-valuenow', String(event));
  }

  /** The events in view when the playhead rests, each with the text of its cells. */
  async shown(): Promise<{ event: number; cells: string[] }[]> {
    const selected = this.table.getByRole('row', { selected: true });
    // The first row is the headers'.
    await expect(selected).toHaveAttribute('aria-rowindex', String((await this.event()) + 1));
    const cells = await this.rows.evaluateAll((rows) =>
      rows.map((row) =>
        [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent ?? ''),
      ),
    );
    return cells.map((texts) => ({
      event: Number((texts[0] ?? '').replaceAll(',', '')),
      cells: texts,
    }));
  }
}

/** What a row of the table must say of a recorded event, told from the recording alone. */
export interface ToldEvent {
  readonly event: number;
  readonly ms: string;
  readonly call: string;
  readonly port: number;
  readonly address: string;
  /** '' of a call that succeeded. */
  readonly error: string;
}

/** The events of a recording, as a table would tell them. */
export function toldEvents(
  batches: Iterable<EventBatch>,
  addresses: readonly string[],
): ToldEvent[] {
  const told: ToldEvent[] = [];
  for (const batch of batches) {
    for (let row = 0; row < batch.length; row++) {
      const code = batch.code[row] ?? 0;
      told.push({
        event: told.length + 1,
        ms: ((batch.t[row] ?? 0) / 1e6).toFixed(3),
        call: opName(batch.op[row] ?? 0) ?? '',
        address: addresses[batch.address[row] ?? 0] ?? '',
        port: batch.port[row] ?? 0,
        error: code === 0 ? '' : describeCode(code),
      });
    }
  }
  return told;
}

/** Compares rows of the table with the recording. @returns the events that were compared */
export function expectTold(
  shown: readonly { readonly event: number; readonly cells: readonly string[] }[],
  told: readonly ToldEvent[],
): number[] {
  for (const { event, cells } of shown) {
    const { ms, call, address, port, error } = told[event - 1]!;
    const [, time = '', name = '', place = ''] = cells;
    expect([event, time.replaceAll(',', ''), name]).toEqual([event, ms, call]);
    if (address !== '') expect(place, `event ${event}`).toContain(`${address} : ${port}`);
    if (error === '') continue;
    const code = /\d+/.exec(error)?.[0] ?? '';
    expect(
      cells.some((cell) => cell.startsWith(code)),
      `event ${event}: ${error}`,
    ).toBe(true);
  }
  return shown.map(({ event }) => event);
}
