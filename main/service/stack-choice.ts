import { LabError } from '#engine/model/lab-error.ts';
import type { HostFacts } from '#engine/model/host-facts.ts';

export type StackWish = 'auto' | 'winsock' | 'simulated';
export type Choice = Pick<HostFacts, 'stack' | 'why'>;

/** What is needed to choose: the host, and whether ws2_32.dll could be loaded. */
export interface WinsockState {
  /** Why ws2_32 can't be called here; null when it can. */
  readonly unavailable: string | null;
}

/**
 * `auto`: Winsock where ws2_32 loads, the host is not Wine and SO_PORT_SCALABILITY is accepted,
 * whatever the edition; else the simulated stack, with the reason.
 * @throws LabError (refused) for `winsock` where ws2_32 doesn't load
 */
export function chooseStack(
  wish: StackWish,
  host: Omit<HostFacts, 'stack' | 'why'>,
  winsock: WinsockState,
): Choice {
  if (wish === 'simulated') return { stack: 'simulated', why: 'the simulated stack was asked for' };
  if (winsock.unavailable !== null) {
    if (wish === 'auto') return { stack: 'simulated', why: winsock.unavailable };
    throw new LabError(
      'refused',
      `--stack winsock: ${winsock.unavailable}`,
      'leave --stack out to run on the simulated stack, or run this on Windows',
    );
  }
  if (wish === 'winsock') return { stack: 'winsock', why: 'the Winsock stack was asked for' };
  if (host.wine !== null) {
    return {
      stack: 'simulated',
      why: `this ws2_32.dll is Wine ${host.wine}, which is no evidence about Windows (--stack winsock runs on it all the same)`,
    };
  }
  if (host.options.SO_PORT_SCALABILITY.settable !== true) {
    return {
      stack: 'simulated',
      why: 'setsockopt of SO_PORT_SCALABILITY (0x3006) fails on this host',
    };
  }
  const banner =
    host.os.productType === 'workstation' ? ' (documented: clients not supported)' : '';
  return { stack: 'winsock', why: `ws2_32.dll loads and accepts SO_PORT_SCALABILITY${banner}` };
}
