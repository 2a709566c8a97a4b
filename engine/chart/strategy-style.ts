import type { Strategy } from '../model/strategy.ts';
import { STRATEGY_TITLE } from '../model/strategy.ts';

/** How a strategy is told apart without its colour: by letter, line style and marker. */
export interface StrategyStyle {
  readonly letter: string;
  /** Dash lengths in px, as in SVG's stroke-dasharray; solid when empty. */
  readonly dash: readonly number[];
  /** An ECharts symbol name. */
  readonly marker: 'rect' | 'circle' | 'triangle' | 'diamond';
}

export const STRATEGY_STYLE: Readonly<Record<Strategy, StrategyStyle>> = {
  legacy: { letter: 'L', dash: [6, 4], marker: 'rect' },
  'port-scalability': { letter: 'S', dash: [], marker: 'circle' },
  'reuse-unicast': { letter: 'U', dash: [2, 3], marker: 'triangle' },
  'port-pool': { letter: 'P', dash: [8, 3, 2, 3], marker: 'diamond' },
};

export interface ArmName {
  /**
   * `Port scalability`, or `Legacy (no option), arm 3` where several arms share a strategy, and what
   * the arm does, where it says so.
   */
  readonly name: string;
  /** `S`, or `L3`. */
  readonly short: string;
}

/** Names the arms of a run so that no two read alike. By arm index. */
export function armNames(
  arms: readonly {
    readonly strategy: Strategy;
    readonly index: number;
    readonly label?: string | undefined;
  }[],
): ReadonlyMap<number, ArmName> {
  return new Map(
    arms.map(({ strategy, index, label }) => {
      const repeated = label !== undefined || sharesName(arms, strategy);
      const letter = STRATEGY_STYLE[strategy].letter;
      return [
        index,
        {
          name: `${STRATEGY_TITLE[strategy]}${repeated ? `, arm ${index}` : ''}${label === undefined ? '' : `: ${label}`}`,
          short: `${letter}${repeated ? index : ''}`,
        },
      ];
    }),
  );
}

/**
 * Whether several arms of a run would have the same name by their strategy. Arms with a label are told
 * apart by it, so they take nothing from the others' names, nor from those of their measures.
 */
export function sharesName(
  arms: readonly { readonly strategy: Strategy; readonly label?: string | undefined }[],
  strategy: Strategy,
): boolean {
  return arms.filter((arm) => arm.strategy === strategy && arm.label === undefined).length > 1;
}
