import type { SocketOption } from './socket-option.ts';

/** How a socket asks for a port it names, as the conflict tables have it. */
export const BIND_MODES = ['default', 'reuse', 'exclusive'] as const;
export type BindMode = (typeof BIND_MODES)[number];

export const MODE_OPTIONS: Readonly<Record<BindMode, readonly SocketOption[]>> = {
  default: [],
  reuse: ['SO_REUSEADDR'],
  exclusive: ['SO_EXCLUSIVEADDRUSE'],
};

/** What a socket has set, in a few words. */
export const MODE_WORDS: Readonly<Record<BindMode, string>> = {
  default: 'plain',
  reuse: 'SO_REUSEADDR',
  exclusive: 'SO_EXCLUSIVEADDRUSE',
};
