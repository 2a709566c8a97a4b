import { Random } from '#engine/allocator/random.ts';

/** Random choices from a seed. */
export class Dice {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed, 0);
  }

  between(least: number, most: number): number {
    return least + this.#random.below(most - least + 1);
  }

  chance(probability: number): boolean {
    return this.#random.below(1_000) < probability * 1_000;
  }

  /** One of them; undefined where there are none. */
  of<T>(choices: readonly T[]): T | undefined {
    return choices.length === 0 ? undefined : choices[this.#random.below(choices.length)];
  }

  /** Each of them or not, one in three. */
  some<T>(choices: readonly T[]): T[] {
    return choices.filter(() => this.#random.below(3) === 0);
  }

  weighted<T>(choices: readonly (readonly [weight: number, choice: T])[]): T {
    let left = this.#random.below(choices.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, choice] of choices) {
      if (left < weight) return choice;
      left -= weight;
    }
    throw new Error('dice: no choices');
  }
}
