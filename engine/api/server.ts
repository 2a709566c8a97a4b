import { createBirpc } from 'birpc';
import type { z } from 'zod';
import { LabError } from '../model/lab-error.ts';
import {
  CALLS,
  type Access,
  type CallArgument,
  type CallName,
  type CallResults,
  type ServiceEvents,
} from './contract.ts';
import { fromFrame, toFrame } from './rpc-message.ts';
import type { Wire } from './wire.ts';

/** What answers each call; the argument was checked against the contract. */
export type Handlers = {
  readonly [N in CallName]: (argument: CallArgument<N>) => CallResults[N] | Promise<CallResults[N]>;
};

/** What one end of a wire may do, asked again for every call. */
export type Permits = (access: Access) => LabError | null;

/** Sends what the service says unasked. After the wire closed it does nothing. */
export type Announce = <N extends keyof ServiceEvents>(
  name: N,
  ...message: Parameters<ServiceEvents[N]>
) => void;

/**
 * Answers the contract's calls on a wire. Frames that are no message are dropped: there is nobody to
 * answer. A call of an unknown name, one that is not permitted, and one whose argument the schema
 * refuses reach no handler and are answered with an error.
 * @param closed called once, when the wire is
 */
export function serveCalls(
  wire: Wire,
  handlers: Handlers,
  permits: Permits,
  closed: () => void,
): Announce {
  type Remote = { [N in keyof ServiceEvents]: ServiceEvents[N] };
  const rpc = createBirpc<Remote, object>(
    {},
    {
      post: (frame: Uint8Array) => wire.send(frame),
      on: (receive) => wire.onFrame(receive),
      serialize: toFrame,
      deserialize: fromFrame,
      resolver: (name) => answerOf(name, handlers, permits),
      timeout: -1,
      onGeneralError: () => true,
    },
  );
  let open = true;
  wire.onClose(() => {
    open = false;
    rpc.$close();
    closed();
  });
  return (name, ...message) => {
    if (open) rpc.$callEvent(name, ...(message as never)).catch(() => {});
  };
}

function answerOf(
  name: string,
  handlers: Handlers,
  permits: Permits,
): (argument: unknown) => Promise<unknown> {
  return async (argument) => {
    if (!isCallName(name)) {
      throw new LabError(
        'usage',
        `there is no call "${name}"`,
        'use the same version of the lab on both ends',
      );
    }
    const { access, input } = CALLS[name];
    const refusal = permits(access);
    if (refusal !== null) throw refusal;
    const parsed = (input as z.ZodType).safeParse(argument);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const where =
        issue === undefined || issue.path.length === 0 ? '' : ` ${issue.path.join('.')}:`;
      throw new LabError(
        'usage',
        `${name}:${where} ${issue?.message ?? 'not acceptable'}`,
        'see the contract of the lab service for what it takes',
      );
    }
    // The name is one of the contract's, so the argument is that call's.
    return (handlers[name] as (argument: unknown) => unknown)(parsed.data);
  };
}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(CALLS, name);
}
