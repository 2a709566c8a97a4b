import type { ShippedProfile, Stance } from './shipped-profile.ts';

/**
 * The documents contradict each other about clients, so the profile keeps the base's value: the
 * better supported one. A run that wants the stricter reading sets A1 to `ignored` or `refused`.
 */
const CLIENTS_HONOUR: Stance<'A1'> = {
  value: 'honoured',
  why: 'One page says that no client is supported, another lists clients, and a tool of Microsoft’s sets the option on any of them: very probably it works',
  mark: 'O',
  source:
    'Microsoft, SOL_SOCKET options (Windows 7 and 10: yes) and KB2826167 (names Windows 7), against SO_PORT_SCALABILITY (minimum supported client: none); ctsTraffic',
};

/** Windows client editions. */
export const CLIENT_PROFILES: readonly ShippedProfile[] = [
  {
    name: 'windows-10',
    about:
      'Windows 10, a client: documented as not supported, yet the option very probably works, so it is modelled as honoured (A1).',
    switches: {
      A1: CLIENTS_HONOUR,
      unicastPort: {
        value: 'known',
        why: 'The options table lists it for Windows 10',
        mark: 'D',
        source: 'Microsoft, SOL_SOCKET options',
      },
    },
  },
  {
    name: 'windows-11',
    about:
      'Windows 11, a client: documented as not supported, yet the option very probably works, so it is modelled as honoured (A1).',
    switches: {
      A1: { ...CLIENTS_HONOUR, source: `${CLIENTS_HONOUR.source}; Windows 11 taken as Windows 10` },
      unicastPort: {
        value: 'known',
        why: 'As Windows 10; the options table has no column for Windows 11',
        mark: 'I',
        source: 'Microsoft, SOL_SOCKET options (Windows 10)',
      },
    },
  },
];
