import { join } from 'node:path';
import { app } from 'electron';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { recentListSchema, withoutRecent, withRecent, type RecentList } from './recent-list.ts';

/** `.labrun` files opened lately: for the menu, and for the system's own list. */
export class RecentFiles {
  readonly #file = join(app.getPath('userData'), 'recent.json');
  #list: RecentList = readJsonFile(this.#file, recentListSchema) ?? [];
  #changed: () => void = () => {};

  get list(): RecentList {
    return this.#list;
  }

  onChanged(handler: () => void): void {
    this.#changed = handler;
  }

  add(path: string): void {
    app.addRecentDocument(path);
    this.#set(withRecent(this.#list, path, process.platform));
  }

  remove(path: string): void {
    this.#set(withoutRecent(this.#list, path, process.platform));
  }

  clear(): void {
    app.clearRecentDocuments();
    this.#set([]);
  }

  #set(list: RecentList): void {
    this.#list = list;
    writeJsonFile(this.#file, list);
    this.#changed();
  }
}
