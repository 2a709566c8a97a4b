import { LabError } from '../../model/lab-error.ts';
import type { Strategy } from '../../model/strategy.ts';
import type { Stage } from '../experiment.ts';

/** Arms a run may have: event rows carry their number in a byte. */
const MOST_ARMS = 255;

/** The stage of a full run, lent to one part after the other; it knows what a part left open. */
export class PartStage implements Stage {
  readonly #stage: Stage;
  #arms = 0;
  #armOpen = false;
  #windowOpen = false;
  /** How far the part is. */
  progress: Stage['progress'];

  constructor(stage: Stage) {
    this.#stage = stage;
    this.progress = (share, words) => stage.progress(share, words);
  }

  /** @throws LabError beyond what a recording can number */
  beginArm(strategy: Strategy): number {
    if (this.#arms === MOST_ARMS) {
      throw new LabError(
        'failed',
        `the run has ${MOST_ARMS} arms already, and a recording numbers no more`,
        'run the experiments that are left one by one',
      );
    }
    this.#arms++;
    this.#armOpen = true;
    return this.#stage.beginArm(strategy);
  }

  peak(): void {
    this.#stage.peak();
  }

  phase(): void {
    this.#stage.phase();
  }

  endArm(): void {
    this.#armOpen = false;
    this.#stage.endArm();
  }

  async window(open: boolean): Promise<void> {
    await this.#stage.window(open);
    this.#windowOpen = open;
  }

  /** Ends the arm and the announced window of a part that broke off; its sockets are closed. */
  async endAll(): Promise<void> {
    if (this.#armOpen) this.endArm();
    if (this.#windowOpen) await this.window(false);
  }
}
