import { thousands } from '#engine/model/words.ts';
import type { Ffi } from '#native/ffi/ffi.ts';
import { openMemoryReader, type HostMemory } from '#native/host/memory.ts';

const MB = 1024 * 1024;

/**
 * A run stops below this, bytes. Windows itself warns of low memory at some 32 MB for each 4 GB, 64 MB
 * at most (CreateMemoryResourceNotification): a run that goes on at four times that leaves the host
 * room to release it.
 */
export const LEAST_AVAILABLE = 256 * MB;

/**
 * A run stops when the kernel's non-paged pool has grown by more than this since it began, bytes.
 * 300,000 sockets at 2 KB each, both generous, take 600 MB: beyond it something else leaks, and what
 * runs out of non-paged pool stops the whole host.
 */
export const MOST_POOL_GROWTH = 1024 * MB;

/** Watches the host's memory while real sockets exhaust its ports. */
export interface MemoryWatch {
  /** @returns why the run must end now, as a sentence; null while all is well or nothing is known */
  check(): string | null;
}

/**
 * @param read what tells the memory; what it doesn't know stops nothing
 * @throws LabError 'refused' where there is no kernel32.dll
 */
export function createMemoryWatch(
  ffi: Ffi,
  read: () => HostMemory = openMemoryReader(ffi),
): MemoryWatch {
  const before = read();
  return {
    check() {
      const now = read();
      if (now.availablePhysical !== null && now.availablePhysical < LEAST_AVAILABLE) {
        return `Only ${megabytes(now.availablePhysical)} of memory were left on this host, fewer than the ${megabytes(LEAST_AVAILABLE)} a run leaves it.`;
      }
      if (now.nonPagedPool === null || before.nonPagedPool === null) return null;
      const growth = now.nonPagedPool - before.nonPagedPool;
      if (growth <= MOST_POOL_GROWTH) return null;
      return `The non-paged pool of this host grew by ${megabytes(growth)} since the run began, more than the ${megabytes(MOST_POOL_GROWTH)} sockets can explain.`;
    },
  };
}

function megabytes(bytes: number): string {
  return `${thousands(bytes / MB)} MB`;
}
