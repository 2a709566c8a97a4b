import { parseAddress } from '../model/address.ts';
import { LabError } from '../model/lab-error.ts';
import { count } from '../model/words.ts';
import { poolOf, type Family, type Pool, type Protocol } from '../model/protocol.ts';
import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import { spelled } from './check-names.ts';
import type { Script } from './script.ts';
import { stepError } from './step-error.ts';

/** Sockets that other applications of a simulated host may bind while a script waits. */
const MOST_OTHERS = 50_000_000;

/**
 * How many port numbers a script may hold at once, at most, in each pool it uses. Each bind, implicit
 * or not, counts one; only what was closed without ever being connected counts no longer.
 */
export function numbersNeeded({ steps }: Script): Map<Pool, number> {
  const held = new Map<Pool, number>();
  const most = new Map<Pool, number>();
  const things = new Map<string, { pool: Pool; numbers: number; connected: boolean }>();
  const make = (name: string, protocol: Protocol, family: Family, numbers: number): void => {
    const pool = poolOf(protocol, family);
    things.set(name, { pool, numbers, connected: false });
    add(pool, numbers);
  };
  const add = (pool: Pool, numbers: number): void => {
    const now = (held.get(pool) ?? 0) + numbers;
    held.set(pool, now);
    most.set(pool, Math.max(most.get(pool) ?? 0, now));
  };
  for (const step of steps) {
    switch (step.op) {
      // A socket takes its number later or never; counted from here on it is counted once.
      case 'socket':
        make(step.as, step.protocol, step.family, 1);
        break;
      case 'fill':
        make(step.as, step.protocol, step.family, step.count);
        break;
      case 'reserve': {
        const on = step.socket === undefined ? undefined : things.get(step.socket);
        if (on === undefined) {
          make(step.as ?? '', step.protocol ?? 'tcp', step.family ?? 'ipv4', step.count + 1);
        } else {
          on.numbers += step.count;
          add(on.pool, step.count);
          if (step.as !== undefined) things.set(step.as, on);
        }
        break;
      }
      case 'connect': {
        const thing = things.get(step.socket);
        if (thing !== undefined) thing.connected = true;
        // A listener of the lab's own.
        if (thing !== undefined && 'listener' in step.remote) add(thing.pool, 1);
        break;
      }
      case 'close': {
        const thing = things.get(step.socket);
        if (thing === undefined || thing.connected) break;
        add(thing.pool, -thing.numbers);
        thing.numbers = 0;
        break;
      }
      default:
        break;
    }
  }
  return most;
}

/** The specific addresses a script's calls name, in order; not those it adds to the host itself. */
export function addressesNamed({ steps }: Script): string[] {
  const named = new Set<string>();
  const added = new Set<string>();
  for (const step of steps) {
    if (step.op === 'addressAdd') {
      const address = spelled(step.address);
      if (!named.has(address) || !removedBefore(steps, step, address)) added.add(address);
    } else if (step.op === 'bind' || step.op === 'fill' || step.op === 'addressRemove') {
      named.add(spelled(step.address));
    } else if (step.op === 'connect' && 'listener' in step.remote) {
      named.add(spelled(step.remote.listener));
    }
  }
  return [...named].filter(
    (address) => !added.has(address) && parseAddress(address)?.wildcard === false,
  );
}

/** An address that is removed and then added again was there from the start. */
function removedBefore(
  steps: Script['steps'],
  end: Script['steps'][number],
  address: string,
): boolean {
  for (const step of steps) {
    if (step === end) return false;
    if (step.op === 'addressRemove' && spelled(step.address) === address) return true;
  }
  return false;
}

/**
 * Checks what depends on the simulated host: no step removes an address the host lacks then, and
 * waits don't let others bind for hours.
 * @param addresses the host has at the start
 * @throws LabError `usage`
 */
export function checkOnHost(
  { steps }: Script,
  addresses: readonly string[],
  { churn }: ResolvedProfile,
): void {
  const present = new Set(addresses);
  let seconds = 0;
  steps.forEach((step, index) => {
    if (step.op === 'addressAdd') present.add(spelled(step.address));
    if (step.op === 'addressRemove' && !present.delete(spelled(step.address))) {
      throw stepError(
        'usage',
        { index, op: step.op },
        `the simulated host has no address ${spelled(step.address)}`,
        'list it in the profile’s addresses, or add it in an earlier step',
      );
    }
    if (step.op === 'wait') seconds += step.seconds;
  });
  const others = othersPerSecond(churn) * seconds;
  if (others > MOST_OTHERS) {
    throw new LabError(
      'usage',
      `the script waits ${seconds} s, in which other applications of the profile would bind ${count(Math.ceil(others), 'socket')}`,
      `wait less, or lower perSecond in the profile’s churn: ${count(MOST_OTHERS, 'socket')} at most`,
    );
  }
}

/** Sockets a second that a profile's other applications bind, all together. */
export function othersPerSecond(churn: ResolvedProfile['churn']): number {
  return churn.reduce((sum, { perSecond }) => sum + perSecond, 0);
}

/**
 * Refuses what real sockets can't do yet, before anything runs.
 * @throws LabError `refused`, naming the step
 */
export function checkOnWinsock({ steps }: Script): void {
  // One process is the lab's own, whatever the script calls it; undefined: none seen yet.
  let own: string | null | undefined;
  steps.forEach((step, index) => {
    const place = { index, op: step.op };
    if (step.op === 'exit' || step.op === 'addressAdd' || step.op === 'addressRemove') {
      throw stepError(
        'refused',
        place,
        'it works on the simulated stack only: the lab changes no host, and real processes come later',
        'run it with --stack simulated',
      );
    }
    if (step.op !== 'socket' && step.op !== 'fill' && step.op !== 'reserve') return;
    if (step.op === 'reserve' && step.socket !== undefined) return;
    const process = step.process ?? null;
    own = own === undefined ? process : own;
    if (process !== own) {
      throw stepError(
        'refused',
        place,
        'a second process works on the simulated stack only: real processes come later',
        'run it with --stack simulated, or give all sockets one process',
      );
    }
  });
}
