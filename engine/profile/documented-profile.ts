import { DEFAULT_DYNAMIC_RANGE } from '../model/port-range.ts';
import { DEFAULT_ASSUMPTIONS } from './assumptions.ts';
import type { ResolvedProfile } from './resolved-profile.ts';

/**
 * A Windows host as Microsoft's pages describe it, open questions at the lab's defaults; base of
 * every other profile. It has no addresses, no exclusions and no auto-reuse range.
 */
export const DOCUMENTED_PROFILE: ResolvedProfile = {
  name: 'documented',
  base: 'documented',
  addresses: [],
  dynamicRanges: {
    tcp4: DEFAULT_DYNAMIC_RANGE,
    tcp6: DEFAULT_DYNAMIC_RANGE,
    udp4: DEFAULT_DYNAMIC_RANGE,
    udp6: DEFAULT_DYNAMIC_RANGE,
  },
  excludedRanges: [],
  autoReuseRange: { start: 0, count: 0 },
  assumptions: DEFAULT_ASSUMPTIONS,
  holders: [],
  churn: [],
};
