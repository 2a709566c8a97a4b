import type {
  Attempt,
  AttemptTallies,
  AttemptTally,
} from '../../claim/rules/starvation-evidence.ts';
import { ATTEMPTS } from '../../claim/rules/starvation-evidence.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import type { ExperimentContext } from '../experiment.ts';
import { closeConnection, connectTo, type Listener } from '../listener.ts';
import type { CommonParameters } from '../parameters.ts';
import { openBound } from '../sockets.ts';

/** What came of one attempt; its socket is closed again. Port 0 where the call says none. */
export type AttemptEnd =
  | { readonly ok: true; readonly port: number; readonly shared: boolean }
  | { readonly ok: false; readonly code: number };

/** Where attempts go: numbers held on `first`, binds on `second`. */
export interface AttemptPlaces {
  readonly first: AddressId;
  readonly second: AddressId;
  readonly wildcard: AddressId;
  /** Where connects go; null where none could be had. */
  readonly listener: Listener | null;
}

/** One attempt of an application without the option. */
export async function attempt(
  context: ExperimentContext<CommonParameters>,
  places: AttemptPlaces,
  kind: Attempt,
): Promise<AttemptEnd | null> {
  if (kind === 'connect') {
    return places.listener === null ? null : connectOnce(context, places, places.listener);
  }
  return bindOnce(context, places, kind === 'bind' ? places.second : places.wildcard, []);
}

/** A bind of an application with the option, on the second address. */
export function optionAttempt(
  context: ExperimentContext<CommonParameters>,
  places: AttemptPlaces,
): AttemptEnd {
  return bindOnce(context, places, places.second, ['SO_PORT_SCALABILITY']);
}

function bindOnce(
  { stack, protocol, family, holdings }: ExperimentContext<CommonParameters>,
  { first }: AttemptPlaces,
  address: AddressId,
  options: Parameters<typeof openBound>[3],
): AttemptEnd {
  const got = openBound(stack, protocol, family, options, address);
  if (!got.ok) return { ok: false, code: got.code };
  const shared = holdings.holds(first, got.port);
  stack.close(got.socket);
  return { ok: true, port: got.port, shared };
}

async function connectOnce(
  context: ExperimentContext<CommonParameters>,
  { first }: AttemptPlaces,
  listener: Listener,
): Promise<AttemptEnd> {
  const { stack, protocol, family, holdings } = context;
  const client = stack.socket(protocol, family);
  if (client < 0) return { ok: false, code: -client };
  const connection = await connectTo(context, client, listener);
  if (!connection.ok) {
    stack.close(client, 'abort');
    return { ok: false, code: connection.code };
  }
  const port = Math.max(0, stack.getsockname(client));
  const shared = holdings.holds(first, port);
  // Reset: a connection in TIME_WAIT would hold the number the next attempts are about.
  await closeConnection(context, connection, 'reset');
  return { ok: true, port, shared };
}

/** Counts attempts of each kind. */
export class AttemptCounts {
  readonly #counts = new Map<Attempt, Counted>();

  add(kind: Attempt, end: AttemptEnd): void {
    const counted = this.#of(kind);
    if (end.ok && end.shared) counted.shared++;
    else if (end.ok) counted.got++;
    else {
      counted.failed++;
      counted.codes[end.code] = (counted.codes[end.code] ?? 0) + 1;
    }
  }

  get tallies(): AttemptTallies {
    const [bind, wildcard, connect] = ATTEMPTS.map((kind) => ({ ...this.#of(kind) }));
    return { bind: bind!, 'wildcard-bind': wildcard!, connect: connect! };
  }

  #of(kind: Attempt): Counted {
    const known = this.#counts.get(kind);
    if (known !== undefined) return known;
    const fresh: Counted = { got: 0, shared: 0, failed: 0, codes: {} };
    this.#counts.set(kind, fresh);
    return fresh;
  }
}

type Counted = { -readonly [K in Exclude<keyof AttemptTally, 'codes'>]: number } & {
  readonly codes: Record<string, number>;
};
