import type { Strategy } from '../model/strategy.ts';
import type { Arm } from '../run/run-document.ts';
import type { CommonParameters } from './parameters.ts';
import type { ExperimentContext } from './experiment.ts';

interface ArmEnd {
  readonly index: number;
  readonly strategy: Strategy;
  readonly ended: Arm['ended'];
  readonly firstError: Arm['firstError'];
}

/** An arm's figures, read off what was observed. To be called at the arm's peak, before the release. */
export function armReport(
  { stack, addressIds, holdings, parameters }: ExperimentContext<CommonParameters>,
  end: ArmEnd,
): Arm {
  return {
    index: end.index,
    strategy: end.strategy,
    bound: holdings.bound,
    perAddress: Object.fromEntries(
      addressIds.map((address) => [stack.addresses[address] ?? '', holdings.boundOn(address)]),
    ),
    overlap: holdings.overlap,
    firstError: end.firstError,
    ended: end.ended,
    ...(parameters.ports === 1 && {
      ports: addressIds.map((address): [string, [number, number][]] => [
        stack.addresses[address] ?? '',
        holdings.rangesOn(address),
      ]),
    }),
  };
}
