import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';

/** Opens a backend in a worker thread; gives the error's kind and message, or 'opened'. */
function openInWorker(name: string): Promise<unknown> {
  const module = new URL('../../native/ffi/open-ffi.ts', import.meta.url).href;
  const code = `
    const { parentPort } = require('node:worker_threads');
    import(${JSON.stringify(module)}).then(({ openFfi }) => {
      openFfi(${JSON.stringify(name)});
      parentPort.postMessage('opened');
    }).catch((error) => parentPort.postMessage(error.kind + ': ' + error.message));`;
  return new Promise((resolve, reject) => {
    const worker = new Worker(code, { eval: true, execArgv: ['--no-warnings'] });
    worker.once('message', (message) => {
      resolve(message);
      void worker.terminate();
    });
    worker.once('error', reject);
  });
}

it('ffi-napi is refused in a worker thread, where it would crash the process', async () => {
  await expect(openInWorker('ffi-napi')).resolves.toBe(
    'refused: ffi-napi works on the main thread only',
  );
});
