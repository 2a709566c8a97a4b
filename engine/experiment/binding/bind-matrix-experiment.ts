import type { BindMatrixEvidence } from '../../claim/rules/bind-matrix-evidence.ts';
import { cellName } from '../../claim/rules/bind-matrix-evidence.ts';
import { wildcardAddress } from '../../model/address.ts';
import type { Arm } from '../../run/run-document.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import { armReport } from '../arm-report.ts';
import { tryDualStack, tryWrongFamily } from './other-family.ts';
import {
  PLANNED_SOCKETS_PER_SECOND,
  type Experiment,
  type ExperimentContext,
  type Outcome,
  type Plan,
  type Situation,
} from '../experiment.ts';
import { FreeNumbers } from './free-numbers.ts';
import { CELL_PAIRS, CellCounts, tryCell, type MatrixPlaces } from './matrix-cells.ts';
import { commonParameters, type CommonParameters } from '../parameters.ts';
import { SLICE_NS } from '../safety.ts';

type Context = ExperimentContext<CommonParameters>;

/** Numbers at most: two are enough where nobody else uses them. */
const MOST_NUMBERS = 6;
/** Sockets a cell takes on one number: the second alone, the first, the second, the second alone. */
const CELL_SOCKETS = 4;
const DUAL_SOCKETS = 24;

/**
 * Who may bind to a number somebody holds: first and second in three modes each, on the wildcard
 * address and on specific ones, tried on numbers of the lab's own outside the dynamic range.
 */
export const bindMatrixExperiment: Experiment<CommonParameters, 'bind-matrix'> = {
  id: 'bind-matrix',
  title: 'Explicit-bind conflicts',
  summary:
    'Who may name a port that somebody holds: plain, SO_REUSEADDR and SO_EXCLUSIVEADDRUSE on the wildcard address and on specific ones, every pair tried and compared with the published table. ' +
    'Safe: one port at a time, outside the dynamic range.',
  costs: 'Some 400 binds of two to six named ports, one after the other: about a second.',
  risks:
    'Ports outside the dynamic range are bound for an instant each, also on the wildcard address; nothing listens on them.',
  safe: true,
  parameters: commonParameters,
  claims: [],
  minAddresses: 2,
  maxAddresses: 2,
  plan,
  run,
};

function plan({ limits }: Situation<CommonParameters>): Plan {
  const wouldHold = MOST_NUMBERS * CELL_PAIRS.length * CELL_SOCKETS + DUAL_SOCKETS;
  return {
    wouldHold,
    atOnce: 1,
    unionLost: 1,
    legacyLeft: limits.freeOnAll === null ? null : limits.freeOnAll - 1,
    seconds: Math.ceil(wouldHold / PLANNED_SOCKETS_PER_SECOND),
    refusal: null,
  };
}

async function run(context: Context): Promise<Outcome<'bind-matrix'>> {
  const { stack, stage, stop, limits } = context;
  const [specific, other] = context.addressIds as [AddressId, AddressId];
  const wildcard = stack.intern(wildcardAddress(context.family));
  const places: MatrixPlaces = { wildcard, specific, other };
  const index = stage.beginArm('legacy');
  const free = new FreeNumbers(context, wildcard, context.range, context.seed);
  const counts = new CellCounts();
  const numbers: number[] = [];
  let open = CELL_PAIRS;
  while (open.length > 0 && numbers.length < MOST_NUMBERS && stop.reason === null) {
    if (stack.now() >= limits.maxSeconds * 1e9) break;
    const port = free.next();
    if (port === null) break;
    numbers.push(port);
    await tryNumber(context, open, places, port, counts);
    open = CELL_PAIRS.filter((pair) => !counts.isSettled(pair));
    stage.progress(
      1 - open.length / (2 * CELL_PAIRS.length),
      `${CELL_PAIRS.length - open.length} of ${CELL_PAIRS.length} pairs known`,
    );
  }
  const own: BindMatrixEvidence = {
    cells: counts.cells,
    numbers,
    wrongFamily: stop.reason === null ? tryWrongFamily(context) : null,
    dual: stop.reason === null ? tryDualStack(context, free) : {},
  };
  stage.peak();
  const ended = stop.reason === null ? 'done' : 'cancelled';
  const arms: Arm[] = [armReport(context, { index, strategy: 'legacy', ended, firstError: null })];
  stage.endArm();
  return { arms, own, measures: measuresOf(own, context) };
}

async function tryNumber(
  context: Context,
  pairs: typeof CELL_PAIRS,
  places: MatrixPlaces,
  port: number,
  counts: CellCounts,
): Promise<void> {
  const { stack, stop } = context;
  let began = stack.now();
  for (const pair of pairs) {
    if (stop.reason !== null) return;
    const code = tryCell(context, pair, places, port);
    if (code !== null) counts.saw(pair, code);
    if (stack.now() - began < SLICE_NS / 2) continue;
    await context.breathe();
    began = stack.now();
  }
  await context.breathe();
}

/** The matrix: `tcp.default-wildcard.reuse-specific` is the code of the second over the first. */
function measuresOf(
  { cells, numbers, wrongFamily, dual }: BindMatrixEvidence,
  { protocol }: Context,
): Record<string, number> {
  const measures: Record<string, number> = { numbers: numbers.length };
  for (const cell of cells) {
    if (cell.code !== null) measures[`${protocol}.${cellName(cell)}`] = cell.code;
  }
  for (const [name, code] of Object.entries(dual)) measures[`${protocol}.${name}`] = code;
  if (wrongFamily !== null) measures['wrongFamily'] = wrongFamily;
  return measures;
}
