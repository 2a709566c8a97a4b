import type { Ffi, FfiLibrary } from '../ffi/ffi.ts';
import { MEMORYSTATUSEX, PERFORMANCE_INFORMATION } from '../layout/layouts.ts';

/** Memory of the host, in bytes; null where Windows didn't say. */
export interface HostMemory {
  /** What can be used at once, without anything being written to disk first. */
  readonly availablePhysical: number | null;
  /** The kernel's non-paged pool, where every socket takes its part. */
  readonly nonPagedPool: number | null;
}

/**
 * What tells the host's memory: GlobalMemoryStatusEx and K32GetPerformanceInfo of kernel32.dll.
 * Source: Microsoft's pages of both, and of MEMORYSTATUSEX and PERFORMANCE_INFORMATION.
 * @returns a function that asks each time it is called; under a millisecond, on Wine too
 * @throws LabError 'refused' where there is no kernel32.dll
 */
export function openMemoryReader(ffi: Ffi): () => HostMemory {
  const kernel32 = ffi.load('kernel32.dll');
  const readAvailable = availablePhysical(kernel32);
  const readPool = nonPagedPool(kernel32);
  return () => ({ availablePhysical: readAvailable(), nonPagedPool: readPool() });
}

function availablePhysical(kernel32: FfiLibrary): () => number | null {
  const ask = kernel32.func('GlobalMemoryStatusEx', 'i32', ['pointer']);
  const layout = MEMORYSTATUSEX;
  const status = Buffer.alloc(layout.size);
  return () => {
    status.writeUInt32LE(layout.size, layout.dwLength);
    if (ask === undefined || ask(status) === 0) return null;
    return Number(status.readBigUInt64LE(layout.ullAvailPhys));
  };
}

function nonPagedPool(kernel32: FfiLibrary): () => number | null {
  const ask = kernel32.func('K32GetPerformanceInfo', 'i32', ['pointer', 'u32']);
  const layout = PERFORMANCE_INFORMATION;
  const information = Buffer.alloc(layout.size);
  return () => {
    if (ask === undefined || ask(information, layout.size) === 0) return null;
    const pages = Number(information.readBigUInt64LE(layout.KernelNonpaged));
    const bytes = pages * Number(information.readBigUInt64LE(layout.PageSize));
    // No Windows runs without one: a system that gives 0 doesn't know.
    return bytes === 0 ? null : bytes;
  };
}
