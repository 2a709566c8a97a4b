import type { HostFacts } from '#engine/model/host-facts.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { Ffi, FfiName } from '#native/ffi/ffi.ts';
import { chooseStack, type StackWish } from './stack-choice.ts';

export interface HostReading {
  readonly host: HostFacts;
  /** Null where ws2_32 can't be called. */
  readonly ffi: Ffi | null;
  /** Why it can't; null where it can. */
  readonly unavailable: string | null;
}

export interface HostWish {
  readonly quick: boolean;
  readonly stack: StackWish;
  readonly ffi: FfiName;
}

/** What a recorded run said of an option on a host and build, if one did. */
export type Honoured = (host: HostFacts) => HostFacts['options'];

/**
 * Reads the host and chooses the stack. The native room is loaded here and not before, so that a
 * missing binary is a stated reason and not a crash.
 * @throws LabError (refused) where Winsock was insisted on and can't be had
 */
export async function readHost(wish: HostWish, honoured: Honoured): Promise<HostReading> {
  const { readHostFacts } = await import('#native/host/read-host-facts.ts');
  const winsock = await loadFfi(wish.ffi);
  const facts = await readHostFacts({
    ...(winsock.ffi !== null && { ffi: winsock.ffi }),
    quick: wish.quick,
  });
  const choice = chooseStack(wish.stack, facts, winsock);
  const host = { ...facts, ...choice };
  return { host: { ...host, options: honoured(host) }, ...winsock };
}

/** What `process.platform` is called. */
export const SYSTEMS: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS' };

/** The library that calls Windows, or why there is none. */
export async function loadFfi(
  name: FfiName,
): Promise<{ ffi: Ffi | null; unavailable: string | null }> {
  if (process.platform !== 'win32') {
    const system = SYSTEMS[process.platform] ?? process.platform;
    return { ffi: null, unavailable: `ws2_32.dll is part of Windows, and this is ${system}` };
  }
  try {
    const { openFfi } = await import('#native/ffi/open-ffi.ts');
    const ffi = openFfi(name);
    ffi.load('ws2_32.dll');
    return { ffi, unavailable: null };
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    return { ffi: null, unavailable: error.message };
  }
}
