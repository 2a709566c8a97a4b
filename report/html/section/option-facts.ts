import type { HostFacts, OptionFacts } from '#engine/model/host-facts.ts';
import { yesNo } from '../../words.ts';
import { ICONS } from '../icons.ts';
import { html, type Markup } from '../markup.ts';
import { table } from '../table.ts';

const NUMBER = { SO_PORT_SCALABILITY: '0x3006', SO_REUSE_UNICASTPORT: '0x3007' } as const;

/** Documented, settable, readable, honoured: four facts that need not agree. */
export function optionFacts(host: HostFacts): Markup {
  const names = Object.keys(NUMBER) as (keyof typeof NUMBER)[];
  return table({
    caption: 'Socket options',
    columns: [
      { title: 'Option', width: 32 },
      { title: 'Documented' },
      { title: 'Settable' },
      { title: 'Readable' },
      { title: 'Honoured' },
    ],
    cards: true,
    rows: names.map((name) => row(name, host.options[name])),
  });
}

function row(name: keyof typeof NUMBER, facts: OptionFacts): (Markup | string)[] {
  return [
    html`${name} <span class="quiet">${NUMBER[name]}</span>`,
    fact(yesNo(facts.documented)),
    fact(yesNo(facts.settable)),
    fact(yesNo(facts.readable)),
    html`${fact(facts.honoured)}${facts.evidence !== null && html` <span class="quiet">run ${facts.evidence}</span>`}`,
  ];
}

function fact(answer: 'yes' | 'no' | 'unknown'): Markup {
  const icon = { yes: ICONS.check, no: ICONS.cross, unknown: ICONS.question }[answer];
  return html`<span class="fact ${answer}">${icon}${answer}</span>`;
}
