import { AxeBuilder } from '@axe-core/playwright';
import { type Page, expect } from '@playwright/test';

/** The accessibility rules `page` violates, as lines for a person: none, or the test fails. */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  // A button that comes to life meanwhile fades from one colour to the other: that is nobody's design.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await settled(page);
  // In Electron axe can't open the blank page it otherwise finishes its work on.
  const legacy = page.url().startsWith('app:');
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(legacy).analyze();
  await page.emulateMedia({ reducedMotion: null });
  const lines = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html, any }) =>
      [`${id}: ${help}: ${target.join(' ')}`, ...any.map(({ message }) => message), html].join(
        '\n',
      ),
    ),
  );
  expect(lines, 'accessibility').toEqual([]);
}

/** Waits for what fades or slides already. What moves without end may go on. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}
