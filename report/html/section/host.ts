import type { HostFacts } from '#engine/model/host-facts.ts';
import { POOLS, poolOf } from '#engine/model/protocol.ts';
import { thousands } from '#engine/model/words.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { ICONS } from '../icons.ts';
import { html, type Content, type Markup } from '../markup.ts';
import { table } from '../table.ts';
import { rangeWords } from '../../values.ts';
import { optionFacts } from './option-facts.ts';

const POOL_WORDS = {
  tcp4: 'TCP IPv4',
  tcp6: 'TCP IPv6',
  udp4: 'UDP IPv4',
  udp6: 'UDP IPv6',
} as const;
const UNKNOWN = 'unknown';

/** The machine that ran it, as the lab saw it then. */
export function host({ run }: RunDocument): Markup {
  const facts = run.host;
  const simulated = run.stack === 'simulated';
  return html`<section class="card long" aria-labelledby="host">
    <div class="head">
      <h2 id="host">Host</h2>
      <p>
        ${
          simulated
            ? 'the machine that ran the simulation; the figures above are the profile\u2019s, not its'
            : 'the machine the figures are of'
        }
      </p>
    </div>
    ${list([
      ['Machine', facts.hostname],
      ['System', `${facts.os.name}, build ${facts.os.build} (${facts.platform})`],
      ['Product type', facts.os.productType ?? UNKNOWN],
      ['Wine', facts.wine ?? 'no'],
      ['Stack', facts.stack === 'winsock' ? 'Winsock, ws2_32.dll' : 'simulated, allocator engine'],
      ['Why', facts.why],
    ])}
    <div class="pair">
      <div>${ranges(facts)}${optionFacts(facts)}</div>
      <div class="tall" role="region" tabindex="0" aria-label="Addresses and adapters">
        ${addresses(facts, simulated ? null : run.addresses)}
      </div>
    </div>
  </section>`;
}

export function list(entries: readonly (readonly [string, Content])[]): Markup {
  return html`<dl>
    ${entries.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function ranges(facts: HostFacts): Markup {
  const excluded = facts.excludedRanges;
  const rows = POOLS.map((pool): Content[] => {
    const range = facts.dynamicRanges[pool];
    const of = excluded?.filter((one) => poolOf(one.protocol, one.family) === pool);
    return [
      POOL_WORDS[pool],
      range === null ? UNKNOWN : `${range.start} to ${range.start + range.count - 1}`,
      range === null ? null : thousands(range.count),
      of === undefined
        ? UNKNOWN
        : of.length === 0
          ? 'none'
          : of.map(
              (one) =>
                html`<span class="item"
                  >${one.start} to
                  ${one.start + one.count - 1}${one.administered && ', administered'}</span
                >`,
            ),
    ];
  });
  return table({
    caption: html`Dynamic port ranges. Auto-reuse range:
    ${facts.autoReuseRange === null ? UNKNOWN : rangeWords(facts.autoReuseRange)}`,
    columns: [
      { title: 'Pool' },
      { title: 'Ports' },
      { title: 'Count', number: true },
      { title: 'Excluded' },
    ],
    rows,
  });
}

/** @param used addresses of the run; null where they are the profile's, not this machine's */
function addresses(facts: HostFacts, used: readonly string[] | null): Markup {
  const known = new Set(facts.addresses.map((entry) => entry.address));
  const rows = [
    ...facts.addresses.map((entry): Content[] => [
      entry.address,
      `${entry.interface} (${entry.ifIndex})`,
      state(entry.state),
      used?.includes(entry.address) === true ? 'yes' : (entry.notDefaultBecause ?? 'no'),
    ]),
    ...(used ?? [])
      .filter((address) => !known.has(address))
      .map((address): Content[] => [address, null, null, 'yes']),
  ];
  if (rows.length === 0) return html`<p class="empty">No address was read.</p>`;
  return table({
    caption: 'Addresses and adapters',
    columns: [
      { title: 'Address' },
      { title: 'Adapter' },
      { title: 'State' },
      { title: 'Used in this run' },
    ],
    rows,
  });
}

function state(name: HostFacts['addresses'][number]['state']): Markup {
  return name === 'preferred'
    ? html`<span class="fact yes">${ICONS.check}${name}</span>`
    : html`<span class="fact unknown">${ICONS.question}${name}</span>`;
}
