import type { PortRange } from '../model/port-range.ts';
import type { ShippedProfile } from './shipped-profile.ts';

/** `net.ipv4.ip_local_port_range` as Linux ships: one setting for both protocols and both families. */
const LINUX_RANGE: PortRange = { start: 32_768, count: 28_232 };

/** How all of these were found out, where no more is said. */
const PROBED = 'Wine 8.0 on Linux';

/**
 * Wine passes ports on to the Linux below it, so its rules are Linux's. They say nothing about
 * Windows: the profile is there to compare the model with real sockets where there is no Windows.
 */
export const WINE_8: ShippedProfile = {
  name: 'wine-8',
  about:
    'Wine 8 on Linux, not Windows: for comparing the model with the real sockets of a Wine run; nothing in it is evidence about Windows.',
  switches: {
    'PS-1': {
      value: 'per-address-tcp',
      why: 'Every address has a TCP range of its own without any option; UDP addresses share one',
      mark: 'W',
      source: `${PROBED}: 300 numbers on each of two addresses for TCP, 300 and then 0 for UDP`,
    },
    A1: {
      value: 'ignored',
      why: 'SO_PORT_SCALABILITY is accepted and changes nothing',
      mark: 'W',
      source: `${PROBED}: the same ports with and without it`,
    },
    A14: {
      value: 'wine',
      why: 'A full pool gives 10048 from bind (10013 to a socket with SO_REUSEADDR), and from connect 10049, or 10035 over UDP',
      mark: 'W',
      source: PROBED,
    },
    A15: {
      value: 'wine',
      why: 'The same code whoever holds the ports: nobody holds one through the option',
      mark: 'W',
      source: PROBED,
    },
    A16: {
      value: 'accepted',
      why: 'Both options can be set on one socket, in any order',
      mark: 'W',
      source: PROBED,
    },
    A18: {
      value: 'refused',
      why: 'The port options can be set but not read back: getsockopt gives 10042',
      mark: 'W',
      source: PROBED,
    },
    A21: {
      value: '60',
      why: 'TIME_WAIT lasts 60 seconds, a constant of Linux',
      mark: 'W',
      source: `${PROBED}; TCP_TIMEWAIT_LEN of the Linux kernel`,
    },
    bindMatrix: {
      value: 'wine-8',
      why: 'Explicit binds conflict by tables of its own; that of UDP counts holders on every address',
      mark: 'W',
      source: PROBED,
    },
    randomizeWithUnicast: {
      value: 'accepted',
      why: 'SO_RANDOMIZE_PORT can be set after SO_REUSE_UNICASTPORT; neither has an effect',
      mark: 'W',
      source: PROBED,
    },
    implicitConnect: {
      value: 'per-tuple',
      why: 'connect on an unbound socket picks by the remote endpoint, so one number serves many',
      mark: 'W',
      source: `${PROBED}; Linux, port choice at connect`,
    },
    connectSource: {
      value: 'routed',
      why: 'A socket on the wildcard address moves to the address it connects from, and holds its port there',
      mark: 'W',
      source: PROBED,
    },
    tupleInUse: {
      value: '10049',
      why: 'A connect that would repeat a live connection gives 10049',
      mark: 'W',
      source: PROBED,
    },
    timeWaitScope: {
      value: 'wildcard-port',
      why: 'A port in TIME_WAIT is kept from wildcard-port binds; naming it works',
      mark: 'W',
      source: `${PROBED}, which sets SO_REUSEADDR of Linux on every TCP socket`,
    },
    reservations: {
      value: 'unsupported',
      why: 'Port reservations answer 10045',
      mark: 'W',
      source: PROBED,
    },
    wrongFamily: {
      value: 'wine',
      why: 'An address of the other family gives 10045, and 10022 on an IPv6 socket',
      mark: 'W',
      source: PROBED,
    },
  },
  dynamicRanges: { tcp4: LINUX_RANGE, tcp6: LINUX_RANGE, udp4: LINUX_RANGE, udp6: LINUX_RANGE },
};
