import type { ConsoleMessage, Page } from '@playwright/test';

/**
 * What went wrong without the test asking: errors on a page's console (a violated Content Security
 * Policy and a file that could not be loaded are told there too), exceptions nobody caught, a crash.
 */
export class Problems {
  readonly #found: string[] = [];
  readonly #allowed: RegExp[] = [];
  readonly #watched = new Set<Page>();

  watch(page: Page): void {
    if (this.#watched.has(page)) return;
    this.#watched.add(page);
    page.on('console', (message) => this.noteConsole('page', message));
    page.on('pageerror', (error) => this.#found.push(`page: uncaught ${error.message}`));
    page.on('crash', () => this.#found.push('page: crashed'));
  }

  noteConsole(where: string, message: ConsoleMessage): void {
    if (message.type() !== 'error') return;
    const { url } = message.location();
    this.#found.push(`${where}: ${message.text()}${url === '' ? '' : ` (${url})`}`);
  }

  note(text: string): void {
    this.#found.push(text);
  }

  /** A test that provokes a problem says which. */
  allow(pattern: RegExp): void {
    this.#allowed.push(pattern);
  }

  unexpected(): readonly string[] {
    return this.#found.filter((text) => !this.#allowed.some((pattern) => pattern.test(text)));
  }
}
