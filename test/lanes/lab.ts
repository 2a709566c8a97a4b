import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { type PortlabEnded, runPortlab } from './portlab.ts';
import { Problems } from './problems.ts';

export type Lane = 'web' | 'electron';

/** What a test has beside the page: its own folder and database, the console on that database. */
export class Lab {
  readonly lane: Lane;
  /** Fresh, removed after the test. */
  readonly folder: string;
  readonly database: string;
  readonly problems = new Problems();

  constructor(lane: Lane) {
    this.lane = lane;
    this.folder = mkdtempSync(join(tmpdir(), 'portlab-lane-'));
    this.database = join(this.folder, 'lab.db');
  }

  /** The console, as a person would use it beside the window: `portlab('runs', 'list', '--json')`. */
  portlab(...args: readonly string[]): Promise<PortlabEnded> {
    return runPortlab([...args, '--db', this.database], this.folder);
  }

  /** An error on the console, or an exception, that the test provokes; any other fails it. */
  allowProblem(pattern: RegExp): void {
    this.problems.allow(pattern);
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What to open. */
export interface OpenRequest {
  /** A lab service that runs already: its page's address, and the same as `--connect` takes it. */
  readonly attachTo?: { readonly url: string; readonly connect: string };
  /** Further arguments of the desktop; the web lane has no use for them. */
  readonly args?: readonly string[];
}

/** A page of one lane, open. */
export interface OpenLab {
  readonly page: Page;
  /** The desktop's application object; in the web lane there is none. */
  readonly app?: ElectronApplication;
  /** Gives the page this size, in CSS pixels. */
  readonly resize: (width: number, height: number) => Promise<void>;
  /** Ends everything that was started for it, and notes as a problem what does not end by itself. */
  readonly close: () => Promise<void>;
}
