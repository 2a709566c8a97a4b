import { describeCode } from '../model/winsock-error.ts';
import { count, thousands } from '../model/words.ts';
import { expectedOf, isMet } from './expectation.ts';
import type { StepResult } from './script.ts';
import type { Expectation, Step } from './script-schema.ts';

/** What a step does, for an admin who knows sockets but has not the file before them. */
export function stepWords(step: Step): string {
  switch (step.op) {
    case 'socket':
      return `${step.as} = ${step.protocol} ${step.family} socket${of(step.process)}`;
    case 'setsockopt':
      return `${step.socket}: set ${step.option} to ${step.value}`;
    case 'getsockopt':
      return `${step.socket}: read ${step.option}`;
    case 'bind':
      return `${step.socket}: bind to ${step.address}, ${portWords(step.port)}`;
    case 'getsockname':
      return `${step.socket}: ask for its name`;
    case 'fill':
      return `${step.as} = ${fillWords(step)}`;
    case 'listen':
      return `${step.socket}: listen`;
    case 'connect': {
      const { remote } = step;
      const to = 'listener' in remote ? `the lab’s own ${remote.listener}` : remote.address;
      return `${step.socket}: connect to ${to}${remote.port === undefined ? '' : ` port ${remote.port}`}`;
    }
    case 'accept':
      return `${step.as} = accepted from ${step.socket}`;
    case 'close':
      return `${step.socket}: ${step.abort === true ? 'reset' : 'close'}${step.by === 'remote' ? ', the peer first' : ''}`;
    case 'wait':
      return `wait ${step.seconds} s`;
    case 'exit':
      return `process ${step.process} ends`;
    case 'reserve': {
      const at = step.start === 0 ? '' : ` from ${step.start}`;
      return `${step.as ?? step.socket ?? ''} = reserve ${count(step.count, 'port')}${at}${of(step.process)}`;
    }
    case 'associate': {
      const { block } = step;
      const with_ =
        block === undefined
          ? (step.reservation ?? '')
          : `the host’s block of ${block.count} from ${block.start}`;
      return `${step.socket}: associate with ${with_}`;
    }
    case 'addressAdd':
      return `the host gets ${step.address}`;
    case 'addressRemove':
      return `the host loses ${step.address}`;
  }
}

/** What a step answered. */
export function answerWords(result: StepResult): string {
  const { ok, code, bound, address, port, value } = result;
  const failed = describeCode(code);
  if (bound !== null) return `${thousands(bound)} bound${code === 0 ? '' : `, then ${failed}`}`;
  if (!ok) return failed;
  if (result.op === 'exit') return `${count(value ?? 0, 'socket')} closed`;
  if (address !== null && port === 0) return `ok: ${address}, its port left to connect`;
  if (address !== null && port !== null) return `ok: ${place(address, port)}`;
  if (port !== null) return `ok: port ${port}`;
  return value === null ? 'ok' : `ok: ${value}`;
}

/** What of an expectation was not met: `bound 250 expected, not 255`. */
export function missWords({ expect }: Step, result: StepResult): string {
  const misses = expectedOf(expect)
    .filter((entry) => !isMet(entry, result))
    .map(([key, wanted]) => {
      if (key === 'ok') return wanted === true ? 'was to succeed' : 'was to fail, and succeeded';
      const found = result[key];
      return `${key} ${shown(key, wanted)} expected, ${found === null ? 'there is none' : `not ${shown(key, found)}`}`;
    });
  return misses.join('; ');
}

function shown(key: keyof Expectation, value: unknown): string {
  if (key === 'code' && typeof value === 'number' && value !== 0) return describeCode(value);
  return String(value);
}

function fillWords(step: Extract<Step, { op: 'fill' }>): string {
  const { pool, reservation } = step;
  const options = step.options.length === 0 ? '' : ` with ${step.options.join(', ')}`;
  const how =
    pool === undefined
      ? reservation === undefined
        ? 'wildcard port'
        : `a port of ${reservation}`
      : `ports ${pool.start} to ${pool.start + pool.count - 1} by name, ${pool.order}`;
  return `fill ${step.address}: ${count(step.count, `${step.protocol} socket`)}, ${how}${options}${of(step.process)}`;
}

function portWords(port: number): string {
  return port === 0 ? 'wildcard port' : `port ${port}`;
}

function of(process: string | undefined): string {
  return process === undefined ? '' : ` of process ${process}`;
}

function place(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
