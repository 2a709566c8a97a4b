import { useSyncExternalStore } from 'react';
import { saveBlob } from '../../../kit/save-blob.ts';
import { TransferQueue, type Transfer } from './transfer-queue.ts';

/** The window's own: what is under way goes on while other screens are looked at. */
export const transferQueue = new TransferQueue(saveBlob);

export function useTransfers(): readonly Transfer[] {
  return useSyncExternalStore(
    (listener) => transferQueue.subscribe(listener),
    () => transferQueue.transfers,
  );
}
