import type {
  NamedPlace,
  NamedTries,
  WildcardHolder,
} from '../../claim/rules/wildcard-address-evidence.ts';
import type { SocketOption } from '../../model/socket-option.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import type { SweepContext } from './hold-and-sweep.ts';
import type { Holder } from './holder.ts';

/** Held numbers that are named, of each kind. */
const NUMBERS = 8;

/**
 * Names held numbers on each of some addresses: without the option, with it, and without again, so that
 * what other programs do meanwhile isn't taken for the option's doing. Each socket is closed at once.
 */
export function nameHeld(
  context: SweepContext,
  holders: Readonly<Record<WildcardHolder, Holder>>,
  places: Readonly<Record<NamedPlace, AddressId>>,
): NamedTries[] {
  const tries: NamedTries[] = [];
  for (const [holder, { held }] of Object.entries(holders) as [WildcardHolder, Holder][]) {
    for (const [place, address] of Object.entries(places) as [NamedPlace, AddressId][]) {
      const found = { tries: 0, differs: 0, allowed: 0 };
      for (const { port } of held.slice(0, NUMBERS)) {
        const before = tryNamed(context, address, port, []);
        const option = tryNamed(context, address, port, ['SO_PORT_SCALABILITY']);
        const after = tryNamed(context, address, port, []);
        if (before !== after) continue;
        found.tries++;
        if (option !== before) found.differs++;
        if (before === 0) found.allowed++;
      }
      tries.push({ holder, place, ...found });
    }
  }
  return tries;
}

/** @returns 0, or the first error of a call */
function tryNamed(
  { stack, protocol, family }: SweepContext,
  address: AddressId,
  port: number,
  options: readonly SocketOption[],
): number {
  const socket = stack.socket(protocol, family);
  if (socket < 0) return -socket;
  let code = 0;
  for (const option of options) code ||= stack.setsockopt(socket, option, 1);
  code ||= stack.bind(socket, address, port);
  if (code === 0) stack.getsockname(socket);
  stack.close(socket);
  return code;
}
