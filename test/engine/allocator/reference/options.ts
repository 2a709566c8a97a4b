import { CODE, isWildcard } from './host.ts';
import type { Ledger } from './ledger.ts';
import type { ReferenceSocket } from './sockets.ts';
import { optionWorks } from './sockets.ts';

const PORT_OPTIONS: ReadonlySet<string> = new Set([
  'SO_RANDOMIZE_PORT',
  'SO_PORT_SCALABILITY',
  'SO_REUSE_UNICASTPORT',
]);

/** setsockopt. @returns 0 or an error */
export function setOption(
  ledger: Ledger,
  socket: ReferenceSocket,
  option: string,
  value: number,
): number {
  const { switches } = ledger;
  const scalability = option === 'SO_PORT_SCALABILITY';
  if (!isKnown(ledger, socket, option)) return CODE.noOption;
  if (scalability && socket.bound !== null && switches.A17 === 'refused') return CODE.invalid;
  if (value === 0) {
    if (!scalability || switches.A23 === 'clears') socket.options.delete(option);
    return 0;
  }
  if (clashes(ledger, socket, option)) return CODE.invalid;
  socket.options.add(option);
  if (scalability && switches['PS-6'] === 'takes-effect') makeShareable(ledger, socket);
  return 0;
}

/** getsockopt. @returns the value, or a negated error */
export function getOption(ledger: Ledger, socket: ReferenceSocket, option: string): number {
  if (!isKnown(ledger, socket, option)) return -CODE.noOption;
  if (PORT_OPTIONS.has(option) && ledger.switches.A18 === 'refused') return -CODE.noOption;
  return socket.options.has(option) ? 1 : 0;
}

function isKnown({ switches }: Ledger, { family }: ReferenceSocket, option: string): boolean {
  if (option === 'IPV6_V6ONLY') return family === 'ipv6';
  if (option === 'SO_PORT_SCALABILITY') return switches.A1 !== 'refused';
  return option !== 'SO_REUSE_UNICASTPORT' || switches.unicastPort === 'known';
}

function clashes({ switches }: Ledger, socket: ReferenceSocket, option: string): boolean {
  const has = (other: string): boolean => socket.options.has(other);
  // On UDP SO_REUSE_UNICASTPORT is accepted and means nothing.
  const tcp = socket.protocol === 'tcp';
  const together = tcp && switches.A16 === 'second-fails';
  const exclusive = switches.A24 === 'second-fails';
  switch (option) {
    case 'SO_REUSEADDR':
      return has('SO_EXCLUSIVEADDRUSE');
    case 'SO_EXCLUSIVEADDRUSE':
      return has('SO_REUSEADDR') || (exclusive && has('SO_PORT_SCALABILITY'));
    case 'SO_PORT_SCALABILITY':
      return (together && has('SO_REUSE_UNICASTPORT')) || (exclusive && has('SO_EXCLUSIVEADDRUSE'));
    case 'SO_REUSE_UNICASTPORT':
      return together && has('SO_PORT_SCALABILITY');
    case 'SO_RANDOMIZE_PORT':
      return tcp && switches.randomizeWithUnicast === 'second-fails' && has('SO_REUSE_UNICASTPORT');
    default:
      return false;
  }
}

/** PS-6 "takes-effect": a wildcard port got without the option on a specific address becomes shareable. */
function makeShareable(ledger: Ledger, socket: ReferenceSocket): void {
  const { bound } = socket;
  if (bound === null || isWildcard(bound.address)) return;
  if (!optionWorks(ledger, socket, bound.address)) return;
  for (const held of socket.holds) if (held.kind === 'legacy') held.kind = 'option';
}
