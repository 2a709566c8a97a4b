import { createServer, type Server } from 'node:net';
import { LabError } from '#engine/model/lab-error.ts';

/**
 * One real run per host at a time. The lock is a named pipe: the system gives it to one process, takes
 * it back when that process ends however it ends, and needs no port and no file.
 */
const PIPE = String.raw`\\.\pipe\port-scalability-lab`;

export interface HostLock {
  release(): Promise<void>;
}

/** @throws LabError (refused) while another lab process runs an experiment on this host */
export async function lockHost(): Promise<HostLock> {
  const server = createServer((socket) => socket.destroy());
  await listen(server).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' || error.code === 'EACCES'
      ? new LabError(
          'refused',
          'another experiment is running on this host',
          'wait for it to end: two at once would starve each other and neither could be trusted',
        )
      : error;
  });
  server.unref();
  return {
    release: () =>
      new Promise((done) => {
        server.close(() => done());
      }),
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(PIPE, () => {
      server.off('error', failed);
      done();
    });
  });
}
