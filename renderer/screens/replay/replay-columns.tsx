import type { ReactNode } from 'react';
import type { RecordingView } from '#engine/api/views.ts';
import { formatNumber } from '#engine/chart/format.ts';
import type { EventWords } from '#engine/run/event-words.ts';
import { color } from '../../kit/colors.ts';
import { CheckmarkCircle16Filled, DismissCircle16Filled } from '../../kit/icons.ts';
import { eventColumns, type EventColumn, type EventColumns } from '../../events/event-columns.tsx';
import type { EventRow } from '../../events/event-row.ts';
import { answerWords, isTold } from './answer-words.ts';
import type { ModelAnswer } from './model-frame.ts';

const ICON = { verticalAlign: '-3px', marginRight: '6px', flexShrink: 0 } as const;

/** Narrower than in the table of all events: another card stands beside this one. */
const TRACKS: Readonly<Record<string, string>> = { time: '112px', took: '68px', call: '100px' };

/**
 * The columns of the events around an instant, with the model's answer beside the recorded one.
 * @param answerTo of an event that is here
 */
export function replayColumns(
  { document, addresses }: Pick<RecordingView, 'document' | 'addresses'>,
  answerTo: (seq: number) => ModelAnswer | undefined,
): EventColumns {
  const { columns, wordsOf } = eventColumns(document, addresses, false);
  const kept = Object.entries(TRACKS).flatMap(([wanted, track]) =>
    columns.filter(({ id }) => id === wanted).map((one) => ({ ...one, track })),
  );
  const [time, ...others] = kept;
  return {
    columns: [
      {
        id: 'event',
        header: 'Event',
        numeric: true,
        track: '76px',
        render: ({ seq }) => formatNumber(seq + 1),
      },
      ...(time === undefined ? [] : [time]),
      ...others.filter(({ id }) => id !== 'took'),
      {
        id: 'place',
        header: 'Address : port',
        numeric: false,
        track: 'minmax(150px, 1.4fr)',
        render: (_row, words) => <span title={words.meaning}>{placeWords(words)}</span>,
      },
      ...others.filter(({ id }) => id === 'took'),
      {
        id: 'recorded',
        header: 'Recorded',
        numeric: false,
        track: 'minmax(128px, 1fr)',
        render: (row, words) => <Recorded row={row} words={words} />,
      },
      {
        id: 'model',
        header: 'Model',
        numeric: false,
        track: 'minmax(112px, 1fr)',
        render: (row) => <Modelled row={row} answer={answerTo(row.seq)} />,
      },
    ] satisfies EventColumn[],
    wordsOf,
  };
}

/** Where the call is about; what it says, where it is about no port. */
function placeWords({ address, port, meaning }: EventWords): string {
  if (address === '') return meaning;
  return port === '' ? address : `${address} : ${port}`;
}

/** The column cuts long names off, and a code says more than half a name. */
function codeFirst(error: string): string {
  const named = /^(\w+) \((\d+)\)$/.exec(error);
  return named === null ? error : `${named[2]} ${named[1]}`;
}

function Recorded(props: { readonly row: EventRow; readonly words: EventWords }): ReactNode {
  const { row, words } = props;
  if (row.code !== 0) {
    return (
      <strong style={{ color: color('error') }} title={words.error}>
        <DismissCircle16Filled style={ICON} aria-hidden />
        {codeFirst(words.error)}
      </strong>
    );
  }
  if (isTold(row)) return '';
  return (
    <>
      <CheckmarkCircle16Filled style={{ ...ICON, color: color('ok') }} aria-hidden />
      ok
    </>
  );
}

function Modelled(props: {
  readonly row: EventRow;
  readonly answer: ModelAnswer | undefined;
}): ReactNode {
  const { text, differs } = answerWords(props.row, props.answer);
  return differs ? (
    <strong style={{ color: color('error') }} title={text}>
      <span aria-hidden>◆ </span>
      {text}
    </strong>
  ) : (
    <span style={{ color: color('ink-2') }} title={text}>
      {text}
    </span>
  );
}
