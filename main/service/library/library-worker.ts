/** The thread that reads, packs and draws recorded runs: see library-thread.ts for its other end. */
import { parentPort, workerData } from 'node:worker_threads';
import { LabError } from '#engine/model/lab-error.ts';
import { LibraryTasks } from './library-tasks.ts';
import type { TaskAnswer, TaskRequest } from './library-thread.ts';

const tasks = new LibraryTasks((workerData as { database: string }).database);

parentPort?.on('message', (request: TaskRequest) => void answer(request));

async function answer({ id, task, args }: TaskRequest): Promise<void> {
  let message: TaskAnswer;
  try {
    const run = tasks[task] as (...given: unknown[]) => unknown;
    message = { id, ok: true, value: await run.apply(tasks, args) };
  } catch (error) {
    const { kind, message: words, hint } = LabError.from(error);
    message = { id, ok: false, error: { kind, message: words, hint } };
  }
  parentPort?.postMessage(message);
}
