import type { ShippedProfile, Stance } from './shipped-profile.ts';

/** Servers the lab can't run on itself. */
const ONLY_MODELLED = 'only modelled here: the lab itself runs on Windows Server 2016 and later';

const SERVERS_HONOUR: Stance<'A1'> = {
  value: 'honoured',
  why: 'A server edition: the case the documentation speaks of',
  mark: 'D',
  source: 'Microsoft, SO_PORT_SCALABILITY: minimum supported server Windows Server 2008',
};

const NO_UNICAST_PORT: Stance<'unicastPort'> = {
  value: 'unknown-option',
  why: 'SO_REUSE_UNICASTPORT came with Windows 8.1 and Server 2012 R2, by updates for 8 and 2012 too',
  mark: 'D',
  source: 'Microsoft, SOL_SOCKET options (no entry for this edition); KB3149157, KB3014399',
};

const UNICAST_PORT: Stance<'unicastPort'> = {
  value: 'known',
  why: 'The edition has SO_REUSE_UNICASTPORT; it shares nothing until an auto-reuse range is set',
  mark: 'D',
  source: 'KB3149157: supported since Windows 10 and Server 2016; default auto-reuse range 0, 0',
};

/** Windows Server editions, oldest first. From 2012 on they differ in what is known, not in a switch. */
export const SERVER_PROFILES: readonly ShippedProfile[] = [
  {
    name: 'windows-server-2008',
    about: `Windows Server 2008 with its updates, the first with SO_PORT_SCALABILITY; ${ONLY_MODELLED}.`,
    switches: { A1: SERVERS_HONOUR, unicastPort: NO_UNICAST_PORT },
  },
  {
    name: 'windows-server-2008r2-unpatched',
    about: `Windows Server 2008 R2 SP1 without hotfix KB2826167, so addresses of one adapter share no numbers; ${ONLY_MODELLED}.`,
    on: 'windows-server-2008r2',
    switches: {
      A28: {
        value: 'not-shared',
        why: 'A fault: with several addresses on one adapter, ports are not reused between them',
        mark: 'D',
        source: 'KB2826167 (Windows 7 SP1 and Server 2008 R2 SP1)',
      },
    },
  },
  {
    name: 'windows-server-2008r2',
    about: `Windows Server 2008 R2 SP1 with hotfix KB2826167; ${ONLY_MODELLED}.`,
    switches: {
      A1: SERVERS_HONOUR,
      unicastPort: NO_UNICAST_PORT,
      A28: {
        value: 'shared',
        why: 'The hotfix lets addresses of one adapter share numbers',
        mark: 'D',
        source: 'KB2826167',
      },
    },
  },
  {
    name: 'windows-server-2012',
    about: `Windows Server 2012 with update KB3014399 (without it, SO_REUSE_UNICASTPORT is not known); ${ONLY_MODELLED}.`,
    switches: {
      A1: SERVERS_HONOUR,
      unicastPort: {
        value: 'known',
        why: 'The update brings it; without the update setsockopt answers 10042',
        mark: 'D',
        source: 'KB3014399',
      },
    },
  },
  {
    name: 'windows-server-2012r2',
    about: `Windows Server 2012 R2 with update KB3149157 (without it, SO_REUSE_UNICASTPORT is not known); ${ONLY_MODELLED}.`,
    switches: {
      A1: SERVERS_HONOUR,
      unicastPort: {
        value: 'known',
        why: 'The update brings it; without the update setsockopt answers 10042',
        mark: 'D',
        source: 'KB3149157',
      },
    },
  },
  modern('2016'),
  modern('2019'),
  modern('2022'),
  modern('2025'),
];

function modern(year: string): ShippedProfile {
  return {
    name: `windows-server-${year}`,
    about: `Windows Server ${year}; by the documents its port allocator is that of the profile documented.`,
    switches: { A1: SERVERS_HONOUR, unicastPort: UNICAST_PORT },
  };
}
