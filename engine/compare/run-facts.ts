import { basisOfRun } from '../chart/provenance.ts';
import { describeCode } from '../model/winsock-error.ts';
import { count } from '../model/words.ts';
import { measureName, measureOwner } from '../run/measures/measure-meaning.ts';
import { ADDRESS_CLASS_WORDS, ENDED_WORDS, isScriptRun } from '../run/run-words.ts';
import type { AddressClass, RunDocument } from '../run/run-document.ts';
import { adaptersOf, addressClassOf } from '../verdict/address-class.ts';
import { factsIn, fieldOf, plainValue, type Fact } from './fact.ts';
import { armKeys, blocksOf, partKey } from './part-blocks.ts';

/** Addresses that are named; a run may have used thousands. */
const MOST_NAMED = 16;

/** How a run was made, with what, and on which kind of addresses. */
export function runFacts(document: RunDocument): Fact[] {
  const { run, safety } = document;
  return factsIn('run', [
    ['experiment', 'Experiment', run.experiment],
    ['basis', 'Basis', basisOfRun(run)],
    ['stack', 'Stack', run.stack],
    ['ffi', 'FFI library', run.ffi],
    ['profile', 'Profile', run.profile?.name ?? null],
    ['status', 'How it ended', run.status],
    ['addresses', 'Addresses', namedAddresses(run.addresses)],
    ['addressClass', 'Kind of addresses', ADDRESS_CLASS_WORDS[classOf(document)]],
    ['seed', 'Seed', run.seed],
    ['exhaustive', 'Exhaustive', safety.exhaustive],
    ['reserve', 'Reserve, ports', safety.reserve],
    ['maxSockets', 'Socket limit', safety.maxSockets],
    ['maxSeconds', 'Time limit, s', safety.maxSeconds],
    ['labVersion', 'Lab version', run.labVersion],
    ['version', 'Format version', run.version],
  ]);
}

/** The experiment's parameters; of a script its title and length, for its steps stand by themselves. */
export function parameterFacts({ run, parameters }: RunDocument): Fact[] {
  return factsIn(
    'parameters',
    Object.entries(parameters).map(([name, value]) => {
      if (!isScriptRun(run) || name !== 'script') return [name, name, plainValue(value)];
      const steps = fieldOf(value, 'steps');
      const length = Array.isArray(steps) ? `, ${count(steps.length, 'step')}` : '';
      return ['script', 'Script', `${String(fieldOf(value, 'title') ?? 'untitled')}${length}`];
    }),
  );
}

/** How each experiment of a full run ended. */
export function experimentFacts({ experiments = [] }: RunDocument): Fact[] {
  return factsIn(
    'experiments',
    experiments.map((part) => [partKey(part), partKey(part), part.status]),
  );
}

/** What ended each arm: a figure that ended at a limit is no ceiling. */
export function armFacts(document: RunDocument, byPart: boolean): Fact[] {
  return blocksOf(document).flatMap(({ part, arms }) => {
    const keys = armKeys(arms);
    const [before, title] = byPart && part !== null ? [`${part}.`, `${part}: `] : ['', ''];
    return arms.flatMap(({ strategy, index, label, ended, firstError }) => {
      const key = keys.get(index) ?? strategy;
      const owner = measureOwner(measureName(`${key}.bound`));
      const name = `${title}${owner}${label === undefined ? '' : ` (${label})`}`;
      const error =
        firstError === null ? 'none' : `${firstError.call}: ${describeCode(firstError.code)}`;
      return factsIn('arms', [
        [`${before}${key}.ended`, `${name}: how it ended`, ENDED_WORDS[ended]],
        [`${before}${key}.firstError`, `${name}: first error`, error],
      ]);
    });
  });
}

/**
 * Loopback says nothing about adapters, nor one adapter about two. As the run judged it when it ran;
 * where its claims don't tell, from what is known of its addresses.
 */
export function classOf({ run, claims }: RunDocument): AddressClass {
  const [said, other] = new Set(claims.map(({ addressClass }) => addressClass));
  if (said !== undefined && other === undefined) return said;
  const { stack, host, profile, addresses } = run;
  return addressClassOf(
    addresses,
    stack === 'simulated' ? adaptersOfProfile(profile?.resolved) : adaptersOf(host),
  );
}

function adaptersOfProfile(resolved: unknown): (address: string) => string | undefined {
  const listed = fieldOf(resolved, 'addresses');
  const adapters = new Map(
    (Array.isArray(listed) ? (listed as unknown[]) : []).map((entry) => [
      fieldOf(entry, 'address'),
      fieldOf(entry, 'adapter'),
    ]),
  );
  return (address) => {
    const adapter = adapters.get(address);
    return typeof adapter === 'string' ? adapter : undefined;
  };
}

function namedAddresses(addresses: readonly string[]): string {
  const more = addresses.length - MOST_NAMED;
  const named = addresses.slice(0, MOST_NAMED).join(', ');
  return more > 0 ? `${named} and ${count(more, 'more')}` : named;
}
