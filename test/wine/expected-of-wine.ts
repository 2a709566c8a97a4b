/**
 * What a full run under Wine 8 is known to come to, written out: each kind of difference with what is
 * known of Wine that it stands for.
 */

interface Known {
  /** What was found out about Wine 8 by other means, or why it is so. */
  readonly of: string;
  /** Comes up in some runs only: it hangs on numbers Linux picks at random, or on what a run leaves out. */
  readonly sometimes?: true;
}

/** It keeps ports on 127.0.0.1, which no row of the run tells. */
const GUARD =
  'the guard’s ballast stands in the way of exclusive wildcard-address binds, the number it listens on of all of them';

/** Against the profile `documented`. */
export const DIVERGENCES: Readonly<Record<string, Known>> = {
  'option-unreadable': { of: 'getsockopt of 0x3005 to 0x3008 fails with 10042' },
  'udp-option-unreadable': { of: 'the same over UDP' },
  'per-address-without-option': {
    of: '300-port range without an option: 300 on each of two addresses, all numbers shared',
  },
  'option-over-option-less': { of: 'the same with 0x3006: identical' },
  'option-less-over-option': { of: 'the same with 0x3006: identical' },
  'late-option-works': {
    of: 'setsockopt after bind succeeds, and numbers are shared with or without it',
    sometimes: true,
  },
  'exhaustion-code': { of: 'a full range answers 10048' },
  'udp-exhaustion-code': { of: 'a full range answers 10048' },
  'starvation-code': { of: 'the wildcard address afterwards: none, 10048' },
  'connect-exhaustion-code': { of: 'unbound connect with a full pool: 10049' },
  'option-does-not-share-udp': { of: 'UDP: 300 on the first address, none on the second' },
  'named-code': { of: 'TCP matrix: second default or exclusive wildcard bind gives 10013' },
  'udp-named-code': { of: 'UDP matrix: mostly 10048 or 10013 everywhere' },
  'udp-named-refused': { of: 'UDP matrix: mostly 10048 or 10013 everywhere' },
  'udp-named-shared': { of: 'UDP matrix does not match', sometimes: true },
  'port-options-together': { of: 'setsockopt of 0x3006 and of 0x3007 succeeds' },
  'randomize-with-unicast-port': { of: 'setsockopt of 0x3005 and of 0x3007 succeeds' },
  'reservation-code': { of: 'reservation IOCTLs answer 10045' },
  'udp-reservation-code': { of: 'reservation IOCTLs answer 10045' },
  'connection-repeated': {
    of: 'reconnect of the same 4-tuple in TIME_WAIT succeeds',
    sometimes: true,
  },
  'time-wait-reused': {
    of: 'a reconnect takes the number out of TIME_WAIT, which lasts 60 s, not 120',
    sometimes: true,
  },
  // What the probes of Wine before this lab did not ask:
  'wrong-family-code': {
    of: 'a short address gives 10014 as documented; a whole one of the other family 10045',
  },
  'udp-wrong-family-code': { of: 'the same over UDP' },
  'repeated-connection-code': { of: 'Wine passes on what Linux says to a repeated 4-tuple: 10049' },
  'named-in-time-wait': {
    of: 'Wine sets SO_REUSEADDR of Linux on TCP sockets, which lets names through TIME_WAIT',
  },
  'connect-number': {
    of: 'Linux chooses the number of an unbound connect by 4-tuple, so one serves several',
  },
  'over-connected-wildcard': {
    of: 'a wildcard-address socket that connects moves to the address routing gives it',
  },
  'named-over-connection': { of: 'the same: Wine’s own table lists no number that connect chose' },
  'named-shared': {
    of: 'dual-stack sockets: Wine lets :: and 0.0.0.0 of one number stand side by side',
    sometimes: true,
  },
  'named-refused': { of: GUARD, sometimes: true },
  'named-off-closed': { of: GUARD, sometimes: true },
  'named-off-option': { of: GUARD, sometimes: true },
  'named-off-connection': { of: GUARD, sometimes: true },
  'named-refused-by-others': { of: GUARD, sometimes: true },
};

/** Against the profile `wine-8`, which is to say the same of Wine. What is left is no switch of the model. */
export const DIVERGENCES_OF_OWN: Readonly<Record<string, Known>> = {
  'connection-repeated': {
    of: 'reconnect of the same 4-tuple in TIME_WAIT succeeds; the model refuses it',
    sometimes: true,
  },
  'time-wait-reused': {
    of: 'numbers that such a reconnect took out of TIME_WAIT',
    sometimes: true,
  },
  'keeps-off-time-wait': {
    of: 'timers of Linux run up to an eighth late: 60 s are 67 at most',
    sometimes: true,
  },
  'named-off-connection': {
    of: 'a wildcard-address socket that connects moves in Linux’s table, and stays in Wine’s own',
  },
  'named-shared': {
    of: 'dual-stack sockets: Wine lets :: and 0.0.0.0 of one number stand side by side',
    sometimes: true,
  },
  'named-refused': { of: GUARD, sometimes: true },
  'named-off-closed': { of: GUARD, sometimes: true },
  'named-off-option': { of: GUARD, sometimes: true },
  'named-refused-by-others': { of: GUARD, sometimes: true },
};

/** How claims of a full run come out under Wine, by experiment and protocol; `untested` where it does not run. */
export const CLAIMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'sweep tcp': {
    'PS-1': 'refuted',
    'PS-2': 'inconclusive',
    'PS-4': 'inconclusive',
    platform: 'inconclusive',
  },
  'sweep udp': {
    'PS-1': 'confirmed',
    'PS-2': 'inconclusive',
    'PS-4': 'inconclusive',
    platform: 'inconclusive',
  },
  'capacity tcp': {
    'PS-1': 'refuted',
    'PS-2': 'inconclusive',
    'PS-3': 'inconclusive',
    'prefer-unicast': 'inconclusive',
    'own-pool': 'inconclusive',
  },
  'capacity udp': {
    'PS-1': 'confirmed',
    'PS-2': 'refuted',
    'PS-3': 'refuted',
    'own-pool': 'inconclusive',
  },
  'connect-reuse tcp': { 'prefer-unicast': 'refuted' },
  'option-conflict tcp': { 'PS-9': 'inconclusive' },
  'late-option tcp': { 'PS-6': 'inconclusive' },
  'cross-process tcp': { 'PS-8': 'inconclusive' },
  'wildcard-address tcp': { 'PS-7': 'inconclusive' },
  'same-adapter tcp': { 'PS-2': 'untested' },
  'starvation tcp': { 'PS-4': 'inconclusive', 'PS-5': 'inconclusive' },
  'mixed-load tcp': { 'PS-5': 'inconclusive' },
};

/** How the run's own claims come out: over TCP, all experiments together. */
export const CLAIMS_IN_ALL: Readonly<Record<string, string>> = {
  'PS-1': 'refuted',
  'PS-2': 'inconclusive',
  'PS-3': 'inconclusive',
  'PS-4': 'inconclusive',
  'PS-5': 'inconclusive',
  'PS-6': 'inconclusive',
  'PS-7': 'inconclusive',
  'PS-8': 'inconclusive',
  'PS-9': 'inconclusive',
  platform: 'inconclusive',
  'prefer-unicast': 'refuted',
  'own-pool': 'inconclusive',
};
