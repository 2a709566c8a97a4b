import { MAX_PORT, type PortRange } from '#engine/model/port-range.ts';

/**
 * Asks CIM for the auto-reuse range. MSFT_NetTCPSetting knows neither address family nor UDP, so
 * nothing else is taken from it; the dynamic ranges are netsh's.
 */
export const NET_TCP_SETTING_COMMAND =
  'Get-CimInstance -Namespace root/StandardCimv2 -ClassName MSFT_NetTCPSetting | ' +
  'Select-Object AutoReusePortRangeStartPort, AutoReusePortRangeNumberOfPorts | ' +
  'ConvertTo-Json -Compress';

/**
 * The auto-reuse range in what PowerShell printed. Each TCP template has its own; the first that is
 * not empty counts, as any one makes SO_REUSE_UNICASTPORT work (ctsTraffic looks the same way).
 * @returns count 0 where none is set; null where the answer says nothing of it
 */
export function parseAutoReuseRange(text: string): PortRange | null {
  let answer: unknown;
  try {
    answer = JSON.parse(text.trim());
  } catch {
    return null;
  }
  // PowerShell writes a list of one as the bare object.
  const rows: unknown[] = Array.isArray(answer) ? answer : [answer];
  const ranges = rows.flatMap((row) => rangeOf(row) ?? []);
  return ranges.find((range) => range.count > 0) ?? ranges[0] ?? null;
}

/** The range of one template; undefined for the one named Automatic, which has no values. */
function rangeOf(row: unknown): PortRange | undefined {
  if (typeof row !== 'object' || row === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(row));
  const start = fields.get('AutoReusePortRangeStartPort');
  const count = fields.get('AutoReusePortRangeNumberOfPorts');
  return isPortNumber(start) && isPortNumber(count) ? { start, count } : undefined;
}

function isPortNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_PORT;
}
