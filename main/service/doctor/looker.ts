import { modelledLooker } from '#engine/doctor/modelled-look.ts';
import type { HostLook } from '#engine/doctor/host-look.ts';
import type { HostFacts } from '#engine/model/host-facts.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';
import { loadFfi, SYSTEMS, type HostReading, type HostWish } from '../read-host.ts';
import type { ProfileWish } from '../run-request.ts';
import { pidsOfLabs } from '../stop-requests.ts';
import { wishedProfile } from '../wished-profile.ts';

/** Looks at a host's ports as often as it is asked. */
export interface Looker {
  /**
   * @param seconds since the look before, 0 for the first: a modelled host's clock goes on by that
   * @param whole with the event log and fresh settings; without, what `watch` needs
   */
  look(seconds: number, whole: boolean): Promise<HostLook>;
}

/** A modelled host is looked at when it has been up for a second: its applications have come by then. */
const SETTLE_SECONDS = 1;
/** How long settings read once are taken for true, ms. */
const SETTINGS_AGE_MS = 600_000;

/**
 * Who looks at this host, or at the one a profile describes.
 * @param readHost reads this host's facts
 * @throws LabError refused where this is not Windows and no profile is given; usage for a bad profile
 */
export function openLooker(
  profile: ProfileWish | undefined,
  readHost: (wish: HostWish) => Promise<HostReading>,
): Looker {
  if (profile !== undefined) return modelled(wishedProfile(profile));
  if (process.platform !== 'win32') {
    throw new LabError(
      'refused',
      `who holds ports is read with Windows’ own tools, and this is ${SYSTEMS[process.platform] ?? process.platform}`,
      'run it on the Windows Server in question; to rehearse, look at a modelled host (--profile NAME)',
    );
  }
  return new HostLooker(readHost);
}

function modelled(profile: ResolvedProfile): Looker {
  try {
    const looker = modelledLooker(profile, 0);
    looker.advance(SETTLE_SECONDS);
    return {
      async look(seconds) {
        looker.advance(seconds);
        return looker.look(new Date().toISOString());
      },
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new LabError(
      'usage',
      `profile: ${error.message}`,
      'list that address in the profile, or let them bind to 0.0.0.0 or ::',
    );
  }
}

/** Starts child processes at each look: only while no real socket is measured in this process. */
class HostLooker implements Looker {
  readonly #readHost: (wish: HostWish) => Promise<HostReading>;
  #settings: { readonly host: HostFacts; readonly at: number } | null = null;

  constructor(readHost: (wish: HostWish) => Promise<HostReading>) {
    this.#readHost = readHost;
  }

  async look(_seconds: number, whole: boolean): Promise<HostLook> {
    const { askSources, lookOf } = await import('#native/host/look-at-host.ts');
    const began = performance.now();
    const { ffi } = await loadFfi('koffi');
    // All children of both at once.
    const [sources, host] = await Promise.all([askSources(ffi, whole), this.#host(whole)]);
    return lookOf(host, sources, {
      ownPids: [process.pid, ...pidsOfLabs()],
      readAt: new Date().toISOString(),
      tookMs: Math.round(performance.now() - began),
    });
  }

  async #host(fresh: boolean): Promise<HostFacts> {
    const known = this.#settings;
    if (!fresh && known !== null && Date.now() - known.at < SETTINGS_AGE_MS) return known.host;
    const { host } = await this.#readHost({ quick: false, stack: 'auto', ffi: 'koffi' });
    this.#settings = { host, at: Date.now() };
    return host;
  }
}
