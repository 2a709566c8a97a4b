import { protectedRoles, ROLE_SERVICES, type RoleFacts } from '#engine/experiment/roles.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { Ffi } from '../ffi/ffi.ts';
import { openRegistry } from './registry.ts';

/** Where Windows keeps its services. Source: "HKLM\SYSTEM\CurrentControlSet\Services registry tree", Microsoft. */
const SERVICES = 'SYSTEM\\CurrentControlSet\\Services';

/**
 * Which protected roles this host has, by its product type and its services' registry keys. Reads a
 * few keys, starts no program.
 * @returns ids of engine/experiment/roles.ts; null where the registry gave no answer
 */
export function readRoles(ffi: Ffi, productType: RoleFacts['productType']): string[] | null {
  const services = readServiceStarts(ffi, ROLE_SERVICES);
  return services === null ? null : protectedRoles({ productType, services }).map(({ id }) => id);
}

/**
 * @returns for each service that has a key its `Start` value, null where that can't be read; null in
 *   all where the registry can't be asked
 */
export function readServiceStarts(
  ffi: Ffi,
  names: readonly string[],
): RoleFacts['services'] | null {
  try {
    const registry = openRegistry(ffi);
    const starts: Record<string, number | null> = {};
    for (const name of names) {
      const answer = registry.dword(`${SERVICES}\\${name}`, 'Start');
      if (answer.key === 'unknown') return null;
      if (answer.key === 'present') starts[name] = answer.value;
    }
    return starts;
  } catch (error) {
    if (error instanceof LabError) return null;
    throw error;
  }
}
