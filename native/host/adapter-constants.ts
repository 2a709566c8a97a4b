/** Constants of iphlpapi's headers (iptypes.h, nldef.h, ipifcons.h, ifdef.h). */

export const AF_UNSPEC = 0;
export const GAA_FLAG_SKIP_ANYCAST = 0x2;
export const GAA_FLAG_SKIP_MULTICAST = 0x4;
export const GAA_FLAG_SKIP_DNS_SERVER = 0x8;

export const ERROR_SUCCESS = 0;
export const ERROR_BUFFER_OVERFLOW = 111;
export const ERROR_NO_DATA = 232;

export const IF_TYPE_PPP = 23;
export const IF_TYPE_TUNNEL = 131;

export const IF_OPER_STATUS_UP = 1;

export const IP_SUFFIX_ORIGIN_RANDOM = 5;
/** IP_DAD_STATE by value; 0 is "invalid". */
export const IP_DAD_STATES = [
  'unknown',
  'tentative',
  'duplicate',
  'deprecated',
  'preferred',
] as const;
