import type { HostFacts } from '#engine/model/host-facts.ts';
import type { Ffi } from '../ffi/ffi.ts';
import { RTL_OSVERSIONINFOEXW } from '../layout/layouts.ts';
import { requireExport } from '../winsock/ws2.ts';

export interface WindowsVersion {
  readonly major: number;
  readonly minor: number;
  readonly build: number;
  readonly productType: NonNullable<HostFacts['os']['productType']>;
  /** Wine's version, or null on Windows. */
  readonly wine: string | null;
}

/** VER_NT_WORKSTATION 1, VER_NT_DOMAIN_CONTROLLER 2, VER_NT_SERVER 3. (OSVERSIONINFOEXW page) */
const PRODUCT_TYPES = ['workstation', 'domain-controller', 'server'] as const;

/**
 * First builds of each release, newest first; for names only, nothing depends on them. 6.x after the
 * OSVERSIONINFOEXW page; the 10.0 builds as commonly listed, not checked against Microsoft's release
 * pages. A build between two releases is named as the older one.
 */
const RELEASES = [
  { major: 10, minor: 0, build: 26100, server: 'Windows Server 2025', client: 'Windows 11' },
  {
    major: 10,
    minor: 0,
    build: 25398,
    server: 'Windows Server, version 23H2',
    client: 'Windows 11',
  },
  { major: 10, minor: 0, build: 22000, server: 'Windows Server 2022', client: 'Windows 11' },
  { major: 10, minor: 0, build: 20348, server: 'Windows Server 2022', client: 'Windows 10' },
  {
    major: 10,
    minor: 0,
    build: 18362,
    server: 'Windows Server, version 1903 or later',
    client: 'Windows 10',
  },
  { major: 10, minor: 0, build: 17763, server: 'Windows Server 2019', client: 'Windows 10' },
  {
    major: 10,
    minor: 0,
    build: 16299,
    server: 'Windows Server, version 1709 or later',
    client: 'Windows 10',
  },
  { major: 10, minor: 0, build: 14393, server: 'Windows Server 2016', client: 'Windows 10' },
  { major: 10, minor: 0, build: 0, server: 'Windows Server 2016 preview', client: 'Windows 10' },
  { major: 6, minor: 3, build: 0, server: 'Windows Server 2012 R2', client: 'Windows 8.1' },
  { major: 6, minor: 2, build: 0, server: 'Windows Server 2012', client: 'Windows 8' },
  { major: 6, minor: 1, build: 0, server: 'Windows Server 2008 R2', client: 'Windows 7' },
  { major: 6, minor: 0, build: 0, server: 'Windows Server 2008', client: 'Windows Vista' },
] as const;

/** The marketing name of a release, as an admin says it. */
export function windowsName(
  version: Pick<WindowsVersion, 'major' | 'minor' | 'build' | 'productType'>,
): string {
  const { major, minor, build } = version;
  const release = RELEASES.find(
    (known) => known.major === major && known.minor === minor && build >= known.build,
  );
  if (release === undefined) return `Windows ${major}.${minor}`;
  return version.productType === 'workstation' ? release.client : release.server;
}

/**
 * Asks ntdll: GetVersionEx lies to programs without a manifest, RtlGetVersion doesn't.
 * @throws LabError 'refused' where there is no ntdll.dll
 */
export function readWindowsVersion(ffi: Ffi): WindowsVersion {
  const ntdll = ffi.load('ntdll.dll');
  const rtlGetVersion = requireExport(ntdll, 'ntdll.dll', 'RtlGetVersion', 'i32', ['pointer']);
  const layout = RTL_OSVERSIONINFOEXW;
  const info = Buffer.alloc(layout.size);
  info.writeUInt32LE(layout.size, layout.dwOSVersionInfoSize);
  rtlGetVersion(info);
  // Exported by Wine's ntdll and nobody else's. WineHQ FAQ, "How can I detect Wine?"
  const wineVersion = ntdll.func('wine_get_version', 'cstring', []);
  return {
    major: info.readUInt32LE(layout.dwMajorVersion),
    minor: info.readUInt32LE(layout.dwMinorVersion),
    build: info.readUInt32LE(layout.dwBuildNumber),
    productType: PRODUCT_TYPES[info.readUInt8(layout.wProductType) - 1] ?? 'workstation',
    wine: wineVersion?.() ?? null,
  };
}
