/**
 * Lets messages in between two pieces of work: whoever drags the playhead is answered first. A timer
 * would wait 4 ms each time.
 */
export function workerTurns(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.addEventListener('message', () => waiting.shift()?.());
  port1.start();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}
