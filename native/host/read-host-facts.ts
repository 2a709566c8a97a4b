import { hostname, release, type as systemType } from 'node:os';
import type { HostFacts } from '#engine/model/host-facts.ts';
import type { Ffi } from '../ffi/ffi.ts';
import { readAdapterAddresses } from './adapters.ts';
import { probeOptions, unprobedOptions } from './option-support.ts';
import { UNKNOWN_PORT_SETTINGS, readPortSettings } from './port-settings.ts';
import { readRoles } from './service-roles.ts';
import { readSystemAddresses } from './system-addresses.ts';
import { readWindowsVersion, windowsName } from './windows-version.ts';

/** Host facts as the host itself gives them; which stack to take is the service's choice. */
export type HostReading = Omit<HostFacts, 'stack' | 'why'>;

export interface ReadHostOptions {
  /** Where it can be had, on Windows; without it Windows' own libraries are not asked. */
  readonly ffi?: Ffi | undefined;
  /** No child process: ranges and exclusions are null then. */
  readonly quick: boolean;
}

/**
 * Reads what the lab needs to know of this machine, and changes nothing on it. Takes up to 2.5 s on
 * Windows (some 10 ms with `quick`). Call it before the first socket of a run is made: it may start
 * child processes, and those are over when its own probe sockets are made. The probe sockets are
 * closed when it resolves.
 * @throws LabError when a Windows library that must be there isn't
 */
export async function readHostFacts({ ffi, quick }: ReadHostOptions): Promise<HostReading> {
  const common = { platform: process.platform, hostname: hostname() };
  if (process.platform !== 'win32' || ffi === undefined) {
    return {
      ...common,
      os: { name: systemName(), build: release(), productType: null },
      wine: null,
      addresses: readSystemAddresses(),
      ...(process.platform === 'win32' && !quick
        ? await readPortSettings()
        : UNKNOWN_PORT_SETTINGS),
      roles: null,
      options: unprobedOptions(null),
    };
  }
  const settings = quick ? UNKNOWN_PORT_SETTINGS : await readPortSettings();
  const version = readWindowsVersion(ffi);
  return {
    ...common,
    os: {
      name: windowsName(version),
      build: `${version.major}.${version.minor}.${version.build}`,
      productType: version.productType,
    },
    wine: version.wine,
    addresses: readAdapterAddresses(ffi),
    ...settings,
    roles: readRoles(ffi, version.productType),
    options: probeOptions(ffi, version),
  };
}

function systemName(): string {
  if (process.platform === 'win32') return 'Windows';
  return process.platform === 'darwin' ? 'macOS' : systemType();
}
