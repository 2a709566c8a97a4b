import type { CallArgument } from '#engine/api/contract.ts';
import type {
  DoctorView,
  HoldersView,
  HostView,
  ProfileView,
  WatchView,
} from '#engine/api/views.ts';
import type { HostFacts } from '#engine/model/host-facts.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { poolOf, type Family, type Protocol } from '#engine/model/protocol.ts';
import { PROFILE_NAMES, namedProfile } from '#engine/profile/resolve-profile.ts';
import { shippedProfile } from '#engine/profile/shipped-profiles.ts';
import { usableAddresses } from '../address-choice.ts';
import { poolOfHost, type HostPool } from '../host-pool.ts';
import type { LabService } from '../lab-service.ts';
import type { HostReading } from '../read-host.ts';
import { chooseStack, type StackWish } from '../stack-choice.ts';

/** How old what a screen sees may be before the host is asked again, ms. */
const FACTS_AGE_MS = 60_000;
const POOL_AGE_MS = 10_000;
const HOLDERS_AGE_MS = 2_000;

interface Read<T> {
  readonly at: number;
  readonly value: Promise<T>;
}

/**
 * The host as screens ask for it: read when needed, not for every glance, and never while real
 * sockets are measured, since reading it starts programs. Runs read it themselves.
 */
export class HostDesk {
  readonly #lab: LabService;
  readonly #measuring: () => boolean;
  #view: Read<{ reading: HostReading; view: HostView }> | null = null;
  readonly #pools = new Map<string, Read<HostPool>>();
  readonly #holders = new Map<string, Read<HoldersView>>();
  readonly #looks = new Map<string, { until: number; readonly value: Promise<DoctorView> }>();

  /** @param measuring whether a run on real sockets goes on */
  constructor(lab: LabService, measuring: () => boolean) {
    this.#lab = lab;
    this.#measuring = measuring;
  }

  async view(fresh: boolean): Promise<HostView> {
    return (await this.#read(fresh)).view;
  }

  /** What a recorded run said of this host may have changed. */
  forget(): void {
    this.#view = null;
  }

  /** As a run with this wish would see it. @throws LabError refused where Winsock can't be had */
  async reading(stack: StackWish): Promise<HostReading> {
    const { reading } = await this.#read(false);
    if (stack === 'auto') return reading;
    const { stack: _stack, why: _why, ...facts } = reading.host;
    const choice = chooseStack(stack, facts, { unavailable: reading.unavailable });
    return { ...reading, host: { ...facts, ...choice } };
  }

  readonly pool = (host: HostFacts, protocol: Protocol, family: Family): Promise<HostPool> => {
    const key = poolOf(protocol, family);
    const known = this.#pools.get(key);
    if (known !== undefined && this.#current(known, POOL_AGE_MS)) return known.value;
    const value = poolOfHost(host, protocol, family);
    this.#pools.set(key, { at: Date.now(), value });
    return value;
  };

  /** Screens that ask at the same time share one answer. */
  async holders(protocol: Protocol, family: Family): Promise<HoldersView> {
    if (this.#measuring()) {
      return { known: false, because: 'not read while real sockets are measured' };
    }
    const key = poolOf(protocol, family);
    const known = this.#holders.get(key);
    if (known !== undefined && this.#current(known, HOLDERS_AGE_MS)) return known.value;
    const value = this.#askHolders(protocol, family);
    this.#holders.set(key, { at: Date.now(), value });
    return value;
  }

  async #askHolders(protocol: Protocol, family: Family): Promise<HoldersView> {
    const { host } = (await this.#read(false)).reading;
    if (host.platform !== 'win32') {
      return {
        known: false,
        because: 'holders are read with Windows’ netstat, and this is not Windows',
      };
    }
    const { heldPorts, processNames } = await import('#native/host/port-holders.ts');
    const { summarise } = await import('#native/host/port-summary.ts');
    const held = await heldPorts(protocol, family);
    if (held === null) {
      const reason = host.wine === null ? 'netstat gave nothing' : 'Wine’s netstat gives nothing';
      return { known: false, because: reason };
    }
    const names = await processNames();
    const summary = summarise(held, names, host.dynamicRanges[poolOf(protocol, family)]);
    return { known: true, readAt: new Date().toISOString(), ...summary };
  }

  /**
   * A look at this host, or at a modelled one; screens that ask at the same time share one.
   * @param profile name of the modelled one's
   */
  async doctor(profile: string | undefined): Promise<DoctorView> {
    if (profile === undefined && this.#measuring()) {
      return {
        known: false,
        because: 'this host is not looked at while real sockets are measured',
        hint: 'stop the run, or wait for its end',
      };
    }
    const key = profile ?? '';
    const known = this.#looks.get(key);
    if (known !== undefined && Date.now() < known.until) return known.value;
    // A look takes seconds: who asks meanwhile shares it.
    const look = { until: Infinity, value: this.#askDoctor(profile) };
    this.#looks.set(key, look);
    look.value
      .finally(() => {
        look.until = Date.now() + HOLDERS_AGE_MS;
      })
      .catch(() => this.#looks.delete(key));
    return look.value;
  }

  async #askDoctor(profile: string | undefined): Promise<DoctorView> {
    try {
      return { known: true, document: await this.#lab.doctor(profile) };
    } catch (error) {
      if (!(error instanceof LabError) || error.kind !== 'refused') throw error;
      return { known: false, because: error.message, hint: error.hint };
    }
  }

  /** What was recorded of headroom, of this host or of a modelled one. */
  async watched({
    hours,
    most,
    profile,
  }: CallArgument<'watch'>): Promise<Pick<WatchView, 'samples' | 'recorded'>> {
    const since = new Date(Date.now() - hours * 3_600_000).toISOString();
    if (profile !== undefined) {
      return this.#lab.headroom({ hostname: profile, basis: 'modelled', profile, since, most });
    }
    const { hostname, wine } = (await this.#read(false)).reading.host;
    const basis = wine === null ? 'measured' : 'wine';
    return this.#lab.headroom({ hostname, basis, profile: null, since, most });
  }

  profiles(): ProfileView[] {
    return PROFILE_NAMES.map((name) => {
      const { addresses, dynamicRanges, excludedRanges } = namedProfile(name);
      const about = shippedProfile(name)?.about ?? '';
      return { name, about, addresses, dynamicRanges, excludedRanges: [...excludedRanges] };
    });
  }

  async #read(fresh: boolean): Promise<{ reading: HostReading; view: HostView }> {
    const known = this.#view;
    if (known !== null && this.#current(known, fresh ? 0 : FACTS_AGE_MS)) return known.value;
    const value = this.#ask();
    this.#view = { at: Date.now(), value };
    value.catch(() => this.forget());
    return value;
  }

  async #ask(): Promise<{ reading: HostReading; view: HostView }> {
    const began = performance.now();
    const reading = await this.#lab.host({ quick: false, stack: 'auto', ffi: 'koffi' });
    const view: HostView = {
      facts: reading.host,
      readAt: new Date().toISOString(),
      tookMs: Math.round(performance.now() - began),
      usableAddresses: {
        ipv4: usableAddresses(reading.host, 'ipv4'),
        ipv6: usableAddresses(reading.host, 'ipv6'),
      },
    };
    return { reading, view };
  }

  #current(read: Read<unknown>, ageMs: number): boolean {
    return this.#measuring() || Date.now() - read.at < ageMs;
  }
}
