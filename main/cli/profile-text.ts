import { count } from '#engine/model/words.ts';
import { DEFAULT_DYNAMIC_RANGE } from '#engine/model/port-range.ts';
import { POOLS, poolOf } from '#engine/model/protocol.ts';
import {
  MARK_WORDS,
  profileSwitches,
  SWITCH_GROUPS,
  type ProfileSwitch,
  type SwitchGroup,
} from '#engine/profile/profile-switches.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';
import { SHIPPED_PROFILES, shippedProfile } from '#engine/profile/shipped-profiles.ts';
import type { Console } from './console.ts';
import { wrapped } from './wrapped.ts';

const NOTHING_OF_A_HOST =
  'None has addresses, exclusions, other applications’ ports or an auto-reuse range: hosts differ. ' +
  'For yours, write a file such as {"base": "windows-server-2022", "addresses": ["10.0.0.1"], ' +
  '"autoReuseRange": {"start": 40000, "count": 2000}} and give it as --profile FILE.';

/** The shipped profiles for a terminal. */
export function profileList(out: Console): string {
  return [
    ...SHIPPED_PROFILES.map(({ name, about }) => `${out.bold(name)}\n${wrapped(about, 2)}`),
    '',
    wrapped(NOTHING_OF_A_HOST, 0),
    'Everything one assumes, with sources: portlab profiles show NAME',
  ].join('\n');
}

/** A profile for a terminal: what it is, what sets it apart, then every switch by group. */
export function profileText(profile: ResolvedProfile, out: Console): string {
  const switches = profileSwitches(profile);
  const differing = switches.filter((entry) => entry.differs && entry.id === entry.switch);
  const about = shippedProfile(profile.base)?.about ?? '';
  const fromFile = profile.name !== profile.base;
  return [
    out.bold(profile.name),
    wrapped(fromFile ? `From a file, on ${profile.base}: ${about}` : about, 2),
    '',
    ...hostLines(profile),
    '',
    ...(differing.length === 0
      ? [
          profile.base === 'documented'
            ? 'Every switch has its default.'
            : 'No switch differs from documented.',
        ]
      : [
          out.bold(
            `Differs from documented in ${differing.length === 1 ? '1 switch' : `${differing.length} switches`}`,
          ),
          ...differing.map((entry) => paragraph(entry, out)),
        ]),
    ...SWITCH_GROUPS.flatMap((group) => [
      '',
      out.bold(TITLES[group]),
      ...switches
        .filter((entry) => entry.group === group)
        .toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
        .map((entry) =>
          differing.includes(entry)
            ? `${heading(entry, out)}  ${out.dim('(see above)')}`
            : paragraph(entry, out),
        ),
    ]),
  ].join('\n');
}

const TITLES: Readonly<Record<SwitchGroup, string>> = {
  'documented rules': 'Documented rules: what Microsoft’s pages say',
  'open questions': 'Open questions: what no document settles, or only in part',
  extras: 'Extras: editions, updates, Wine, and details of the model',
};

function paragraph(entry: ProfileSwitch, out: Console): string {
  const { id, about, mark, source, why } = entry;
  if (id !== entry.switch) {
    return `${heading(entry, out)}  ${out.dim(`(the same switch as ${entry.switch})`)}`;
  }
  return [
    `${heading(entry, out)}  ${out.dim(`(${choiceWords(entry)})`)}`,
    wrapped(about, 4),
    ...(why === null ? [] : [wrapped(`Why: ${why}`, 4)]),
    ...(entry.setBy === null ? ['    Set by the file'] : []),
    out.dim(wrapped(`${MARK_WORDS[mark]}: ${source}`, 4)),
  ].join('\n');
}

/** The star marks what differs from documented. */
function heading({ id, name, value, differs }: ProfileSwitch, out: Console): string {
  return `${differs ? '*' : ' '} ${out.bold(`${name === id ? id : `${id} ${name}`} = ${value}`)}`;
}

function choiceWords({ value, values, differs, default: preset }: ProfileSwitch): string {
  const others = values.filter((other) => other !== value && !(differs && other === preset));
  const also = others.length === 0 ? '' : `or ${others.join(', ')}`;
  if (differs) return also === '' ? `default ${preset}` : `default ${preset}; ${also}`;
  return also === '' ? 'fixed' : also;
}

function hostLines(profile: ResolvedProfile): string[] {
  const { addresses, excludedRanges, autoReuseRange, bindMatrix, holders, churn } = profile;
  const lines: [string, string][] = [
    ...rangeLines(profile),
    [
      'Excluded ranges',
      excludedRanges.length === 0
        ? 'none'
        : excludedRanges
            .map(
              ({ protocol, family, administered, ...range }) =>
                `${poolOf(protocol, family)} ${ports(range)}${administered ? ' administered' : ''}`,
            )
            .join('; '),
    ],
    ['Auto-reuse range', autoReuseRange.count === 0 ? 'none' : ports(autoReuseRange)],
    [
      'Addresses',
      addresses.length === 0
        ? 'none of its own: those of --addresses'
        : addresses.map(({ address, adapter }) => `${address} (${adapter})`).join(', '),
    ],
    ...(bindMatrix === undefined
      ? []
      : ([['Explicit binds', `as measured over ${Object.keys(bindMatrix).join(' and ')}`]] as [
          string,
          string,
        ][])),
    ...(holders.length + churn.length === 0
      ? []
      : ([
          [
            'Other applications',
            [
              ...(holders.length === 0
                ? []
                : [`${count(holders.length, 'range')} of ports held from the start`]),
              ...(churn.length === 0
                ? []
                : [`${count(churn.length, 'stream')} of sockets that come and go`]),
            ].join(', '),
          ],
        ] satisfies [string, string][])),
  ];
  return lines.map(([name, value]) => {
    const label = `${name.startsWith('*') ? '' : '  '}${name}`.padEnd(22);
    return label + wrapped(value, label.length).trimStart();
  });
}

function rangeLines({ dynamicRanges }: ResolvedProfile): [string, string][] {
  const words = POOLS.map((pool) => ports(dynamicRanges[pool]));
  const star = (text: string): string => (text === ports(DEFAULT_DYNAMIC_RANGE) ? '' : '* ');
  if (new Set(words).size === 1) {
    return [
      [
        `${star(words[0] ?? '')}Dynamic range`,
        `${words[0] ?? ''} for TCP and UDP, IPv4 and IPv6, each its own`,
      ],
    ];
  }
  return POOLS.map((pool, at) => {
    const text = words[at] ?? '';
    return [`${star(text)}Dynamic range ${pool}`, text];
  });
}

function ports({ start, count: size }: { start: number; count: number }): string {
  return `${start} to ${start + size - 1} (${count(size, 'port')})`;
}
