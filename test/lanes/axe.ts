import { AxeBuilder } from '@axe-core/playwright';
import { type Page, expect } from '@playwright/test';

/** The accessibility rules `page` violates, as lines for a person: none, or the test fails. */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  await settled(page);
  // In Electron axe can't open the blank page it otherwise finishes its work on.
  const legacy = page.url().startsWith('app:');
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(legacy).analyze();
  const lines = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`),
  );
  expect(lines, 'accessibility').toEqual([]);
}

/** Waits for what fades or slides: the colors meanwhile are nobody's design. What moves without end may go on. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}
