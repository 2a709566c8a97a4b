import type { ReactNode } from 'react';
import type { ArmName } from '#engine/chart/strategy-style.ts';
import { armNames } from '#engine/chart/strategy-style.ts';
import { formatNumber } from '#engine/chart/format.ts';
import type { Strategy } from '#engine/model/strategy.ts';
import { eventWords, type EventWords } from '#engine/run/event-words.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { color } from '../kit/colors.ts';
import { StrategyLetter } from '../kit/marks.tsx';
import type { EventRow } from './event-row.ts';
import { timeWords, tookWords } from './event-times.ts';

export interface EventColumn {
  readonly id: string;
  readonly header: string;
  readonly numeric: boolean;
  /** A CSS grid track. */
  readonly track: string;
  render(row: EventRow, words: EventWords): ReactNode;
}

export interface EventColumns {
  readonly columns: readonly EventColumn[];
  wordsOf(row: EventRow): EventWords;
}

/** @param wide leaves nothing out; else it fits a window of 1,024 px */
export function eventColumns(
  document: RunDocument,
  addresses: readonly string[],
  wide: boolean,
): EventColumns {
  const modelled = document.run.stack === 'simulated';
  const names = armNames(document.arms);
  const strategies = new Map(document.arms.map(({ index, strategy }) => [index, strategy]));
  const px = (atWide: number, atNarrow: number): string => `${wide ? atWide : atNarrow}px`;
  const rest = (atWide: number, atNarrow: number, share: number): string =>
    `minmax(${px(atWide, atNarrow)}, ${share}fr)`;
  const time = modelled ? 'Virtual time, ms' : 'Time, ms';
  const all: readonly (EventColumn | false)[] = [
    column('row', 'Row', px(92, 84), true, ({ seq }) => formatNumber(seq)),
    column('time', time, px(116, 108), true, ({ t }) => timeWords(t)),
    // Every call of the model takes 1 µs by convention.
    !modelled && column('took', 'Took, µs', px(84, 72), true, ({ dur }) => tookWords(dur)),
    column('arm', 'Arm', px(52, 44), false, ({ arm }) => (
      <ArmCell arm={arm} name={names.get(arm)} strategy={strategies.get(arm)} />
    )),
    column('call', 'Call', '104px', false, (_row, { call }) => call),
    wide && column('socket', 'Socket', '104px', true, (_row, { socket }) => socket),
    column('address', 'Address', rest(116, 104, 1), false, (_row, { address }) => address),
    column('port', 'Port', px(104, 92), true, (_row, { port }) => port),
    column('error', 'Error', rest(168, 150, 1), false, (_row, { error }) => (
      <strong style={{ color: color('error') }} title={error}>
        {error}
      </strong>
    )),
    column('meaning', 'What it says', rest(180, 150, 2), false, (_row, { meaning }) => (
      <span title={meaning}>{meaning}</span>
    )),
  ];
  return {
    columns: all.filter((one) => one !== false),
    wordsOf: (row) => eventWords(row, addresses),
  };
}

function column(
  id: string,
  header: string,
  track: string,
  numeric: boolean,
  render: EventColumn['render'],
): EventColumn {
  return { id, header, track, numeric, render };
}

/** A run that has not ended yet says of its arms only their place. */
function ArmCell(props: {
  readonly arm: number;
  readonly name: ArmName | undefined;
  readonly strategy: Strategy | undefined;
}): ReactNode {
  const { arm, name, strategy } = props;
  if (strategy === undefined || name === undefined) return arm === 0 ? '–' : arm;
  return (
    <>
      <StrategyLetter strategy={strategy} text={name.short} />
      <span className="visually-hidden">{name.name}</span>
    </>
  );
}
