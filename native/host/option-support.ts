import type { HostFacts, OptionFacts } from '#engine/model/host-facts.ts';
import { SOCKET_OPTIONS, type SocketOption } from '#engine/model/socket-option.ts';
import type { Ffi } from '../ffi/ffi.ts';
import { WinsockCalls } from '../winsock/winsock-calls.ts';
import { startWinsock } from '../winsock/ws2.ts';
import type { WindowsVersion } from './windows-version.ts';

const PROBED = ['SO_PORT_SCALABILITY', 'SO_REUSE_UNICASTPORT'] as const satisfies SocketOption[];
type Probed = (typeof PROBED)[number];

/**
 * Whether Microsoft's pages say that this Windows has the option; what it really does is for the
 * experiments to find.
 * - SO_PORT_SCALABILITY: its own page says client "none supported", server 2008. (The table of
 *   "SOL_SOCKET Socket Options" says yes for Windows 7 and 10 too; the option's own page wins here.)
 * - SO_REUSE_UNICASTPORT: Windows 10 and Server 2016; KB3149157 brings it to 8.1 and 2012 R2,
 *   KB3014399 to 8 and 2012.
 */
export function documentedFor(
  option: Probed,
  version: Pick<WindowsVersion, 'major' | 'minor' | 'productType'> | null,
): boolean {
  if (version === null) return false;
  const release = version.major * 100 + version.minor;
  return option === 'SO_PORT_SCALABILITY'
    ? version.productType !== 'workstation' && release >= 600
    : release >= 602;
}

/** Facts of both options where no Winsock was asked. */
export function unprobedOptions(version: WindowsVersion | null): HostFacts['options'] {
  const facts = (option: Probed): OptionFacts => ({
    documented: documentedFor(option, version),
    settable: null,
    readable: null,
    honoured: 'unknown',
    evidence: null,
  });
  return {
    SO_PORT_SCALABILITY: facts('SO_PORT_SCALABILITY'),
    SO_REUSE_UNICASTPORT: facts('SO_REUSE_UNICASTPORT'),
  };
}

/**
 * Sets and reads each option on a fresh, unbound TCP socket of its own (the two exclude each other
 * on one). Takes no port, and leaves no socket.
 * @throws LabError 'refused' where there is no Winsock
 */
export function probeOptions(ffi: Ffi, version: WindowsVersion): HostFacts['options'] {
  const facts = unprobedOptions(version);
  const calls = new WinsockCalls(startWinsock(ffi));
  try {
    for (const option of PROBED) {
      const { level, number } = SOCKET_OPTIONS[option];
      const socket = calls.open('tcp', 'ipv4');
      if (socket < 0) continue;
      const settable = calls.set(socket, level, number, 1) === 0;
      // Any value but 0 means "on". Wine takes the option and fails this with 10042.
      const readable = settable && calls.get(socket, level, number) > 0;
      calls.close(socket);
      facts[option] = { ...facts[option], settable, readable };
    }
  } finally {
    calls.cleanup();
  }
  return facts;
}
