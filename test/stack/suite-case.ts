import assert from 'node:assert/strict';
import type { SocketStack } from '#engine/stack/socket-stack.ts';
import { EventLog } from './event-log.ts';
import type { SuiteHost } from './suite-host.ts';

/** What a case works with. */
export interface Bench {
  readonly stack: SocketStack;
  readonly log: EventLog;
  readonly host: SuiteHost;
}

export interface SuiteCase {
  readonly name: string;
  readonly check: (bench: Bench) => void;
}

/** Runs one case on a stack of its own. */
export function runCase({ check }: SuiteCase, host: SuiteHost): void {
  const log = new EventLog(host.onEmit);
  const stack = host.create(log);
  try {
    check({ stack, log, host });
  } finally {
    stack.dispose();
  }
  assert.equal(stack.open, 0, 'dispose leaves no socket open');
}

/** A TCP/IPv4 socket, known good. */
export function tcp(stack: SocketStack): number {
  const socket = stack.socket('tcp', 'ipv4');
  assert.ok(socket > 0, `socket gave ${socket}`);
  return socket;
}

/** A TCP/IPv4 socket bound to a wildcard port, and that port. */
export function bound(stack: SocketStack, address: string): { socket: number; port: number } {
  const socket = tcp(stack);
  assert.equal(stack.bind(socket, stack.intern(address), 0), 0);
  const port = stack.getsockname(socket);
  assert.ok(port > 0 && port <= 65_535, `port ${port}`);
  return { socket, port };
}
