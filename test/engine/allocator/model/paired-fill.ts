import { opName } from '#engine/event/op.ts';
import type { SocketOption } from '#engine/model/socket-option.ts';
import type { Protocol } from '../reference/host.ts';
import type { Answer } from '../reference/sockets.ts';
import { LONG_NS, type PairedStack } from './paired-stack.ts';

export interface PairedFill {
  readonly protocol: Protocol;
  readonly targets: readonly string[];
  readonly options: readonly SocketOption[];
  readonly count: number;
  readonly process: number;
}

/** The call of a fill's socket that fails. */
interface Refusal {
  readonly op: string;
  readonly code: number;
}

/** A fill on both: as so many sockets one by one on the reference. */
export function fillBoth(pair: PairedStack, fill: PairedFill): void {
  const { stack, reference, journal } = pair;
  const { protocol, targets, options, count, process } = fill;
  const { first, bound, refused } = stack.fill({
    protocol,
    family: 'ipv4',
    addresses: targets.map((target) => stack.intern(target)),
    from: 0,
    options,
    count,
    process,
    budgetNs: LONG_NS,
  });
  const note = { kind: 'fill', family: 'ipv4', ...fill } as const;
  const made: number[] = [];
  for (let id = first; id < first + bound; id++) {
    const answer = nextOf(pair, fill, id, made.length);
    if ('op' in answer) {
      journal.fill({ ...note, ids: made, refused: { socket: id, ...answer } });
      throw new Error(`fill: bound socket ${id}, but by the rules ${answer.op} ${answer.code}`);
    }
    made.push(id);
    pair.ids.push(id);
    pair.choose('fill', id, answer);
  }
  const after = first + bound;
  if (bound === count) return journal.fill({ ...note, ids: made, refused: null });
  const next = nextOf(pair, fill, after, bound);
  reference.sockets.delete(after);
  const refusal: Refusal = 'op' in next ? next : { op: 'bind', code: 0 };
  journal.fill({ ...note, ids: made, refused: { socket: after, ...refusal } });
  const op = refusal.op === 'bind' ? 'bind' : 'setsockopt';
  const got = refused === null ? 'no refusal' : `${opName(refused.op)} ${refused.code}`;
  const expected = `${op} ${refusal.code}`;
  if (got !== expected) throw new Error(`fill: ${got}, but by the rules ${expected}`);
}

/** What the socket with this place in the rotation gets on the reference. */
function nextOf(
  { reference }: PairedStack,
  { protocol, targets, options, process }: PairedFill,
  id: number,
  index: number,
): Answer | Refusal {
  reference.create(id, protocol, 'ipv4', process);
  for (const option of options) {
    const code = reference.set(id, option, 1);
    if (code !== 0) return { op: option, code };
  }
  const answer = reference.bind(id, targets[index % targets.length]!, 0);
  return answer.code === 0 ? answer : { op: 'bind', code: answer.code };
}
