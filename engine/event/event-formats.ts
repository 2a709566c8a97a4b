import { FORMAT_VERSION, decodeEvents, type DecodedEvents } from './event-codec.ts';

/**
 * How the bytes of each event format there ever was become rows as they are meant today. A later format
 * gets a line of its own, and each before it what upgrades its rows to that: in memory, when they are
 * read. What was recorded is never written anew.
 */
const READERS: Readonly<Record<number, (bytes: Uint8Array) => DecodedEvents>> = {
  1: decodeEvents,
};

/** Why events of a format can't be read by this lab; null where they can. */
export function formatProblem(version: number): string | null {
  if (Object.hasOwn(READERS, version)) return null;
  return version > FORMAT_VERSION
    ? `a newer lab recorded it (event format ${version}, this lab knows ${FORMAT_VERSION})`
    : `there never was an event format ${version}`;
}

/** Takes any bytes, of any format this lab knows. */
export function decodeFormat(version: number, bytes: Uint8Array): DecodedEvents {
  const reader = Object.hasOwn(READERS, version) ? READERS[version] : undefined;
  if (reader === undefined) return { ok: false, problem: formatProblem(version) ?? '' };
  return reader(bytes);
}
