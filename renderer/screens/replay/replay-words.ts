import { basisOfRun } from '#engine/chart/provenance.ts';
import { OP } from '#engine/event/op.ts';
import type { Divergence } from '#engine/lockstep/divergence.ts';
import { describeCode } from '#engine/model/winsock-error.ts';
import { count, duration, thousands } from '#engine/model/words.ts';
import { isFailedCall } from '#engine/replay/replay-state.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import type { EventRow } from '../../events/event-row.ts';
import { instantWords } from '#engine/chart/instant-words.ts';
import type { ModelFrame, ModelOverview } from './model-frame.ts';
import type { RecordedOverview, ReplayFrame } from './replay-frame.ts';

/** Who made the recorded calls, as a subject: the host, Wine, or the run itself. */
export function whoRan(run: Parameters<typeof basisOfRun>[0]): string {
  const basis = basisOfRun(run);
  if (basis === 'measured') return 'the host';
  return basis === 'wine' ? 'Wine' : 'the run';
}

export interface SentenceState {
  readonly document: RunDocument;
  readonly addresses: readonly string[];
  readonly overview: RecordedOverview | null;
  readonly frame: ReplayFrame | null;
  readonly model: ModelOverview | null;
  readonly modelFrame: ModelFrame | null;
  readonly total: number;
}

/** The answer at this instant, in one sentence. */
export function replaySentence(state: SentenceState): string {
  const { document, overview, frame, total } = state;
  if (overview?.complete === true && overview.rows === 0)
    return 'Nothing was recorded of this run.';
  if (frame === null) return 'Reading the recording.';
  if (frame.seq < 0) return summary(state);
  const at = `At ${instantWords(frame.t, total)}`;
  const difference = differenceHere(state);
  if (difference !== null) {
    return `${at} ${whoRan(document.run)} and the model part: ${partWords(difference)}.`;
  }
  const held = `${count(frame.held, 'port')} held`;
  const { row } = frame;
  if (row !== null && isFailedCall(row.op, row.code)) {
    return `${at} ${callWords(row)} fails with ${describeCode(row.code)}${placeWords(row, state.addresses)}; ${held}.`;
  }
  if (frame.free === 0) return `${at}: ${held}, nothing free without the option.`;
  return `${at}: ${held}${freeWords(state, frame)}.`;
}

/** The difference that belongs to the very event shown. */
export function differenceHere({
  frame,
  modelFrame,
}: Pick<SentenceState, 'frame' | 'modelFrame'>): Divergence | null {
  const difference = modelFrame?.difference ?? null;
  return frame !== null && difference?.seq === frame.seq ? difference : null;
}

/** `bind 10.0.0.2 : 0 gives port 52180, which the model forbids: held on …`, or both answers. */
function partWords({ call, host, model }: Divergence): string {
  const forbidden = /^not (\d+)(?:: (.*))?$/.exec(model);
  if (forbidden !== null && host === `port ${forbidden[1]}`) {
    const because = forbidden[2] === undefined ? '' : `, ${forbidden[2]}`;
    return `${call} gives ${host}, which the model forbids${because}`;
  }
  return `${call} answers ${host}, on the model ${model}`;
}

/** Before the first event: what there is to see. */
function summary({ document, overview, model, total }: SentenceState): string {
  const { run } = document;
  const virtual = basisOfRun(run) === 'modelled' ? ' of virtual time' : '';
  const running = run.status === 'running' ? ' so far' : '';
  const events = count(overview?.rows ?? 0, 'event');
  const begin = `${events} in ${duration(total)}${virtual}${running}`;
  if (model === null) return `${begin}.`;
  const differences = model.kinds.reduce((sum, kind) => sum + kind.count, 0);
  const [first] = model.places.t;
  if (first === undefined) {
    return model.complete && model.stopped === null
      ? `${begin}; ${whoRan(run)} and the model never part.`
      : `${begin}.`;
  }
  return `${begin}; ${whoRan(run)} and the model part at ${count(differences, 'call')}, first at ${instantWords(first, total)}.`;
}

function freeWords({ document }: SentenceState, { free }: ReplayFrame): string {
  if (free === null) return '';
  // A real host has other programs, of which the events say nothing.
  const whose = basisOfRun(document.run) === 'modelled' ? 'free on all' : 'not held by it';
  return `, ${thousands(free)} ${whose}`;
}

function callWords({ op, value }: EventRow): string {
  if (op === OP.canary)
    return value === 0 ? 'an option-less bind elsewhere' : 'an option-less connect elsewhere';
  return op === OP.setsockopt ? 'setting an option' : (OP_WORDS[op] ?? 'a call');
}

const OP_WORDS: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(OP).map(([name, op]) => [op, name]),
);

function placeWords({ address }: EventRow, addresses: readonly string[]): string {
  const text = addresses[address] ?? '';
  return text === '' ? '' : ` on ${text}`;
}
