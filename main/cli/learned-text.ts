import { count } from '#engine/model/words.ts';
import type { LearnedProfile } from '#engine/profile/learn-profile.ts';
import type { Console } from './console.ts';
import { wrapped } from './wrapped.ts';

const BASIS_WORDS: Readonly<Record<string, string>> = {
  measured: 'measured',
  wine: 'under Wine, which is no evidence about Windows',
  modelled: 'worked out by the model, which is no evidence about Windows',
};

/** What a learned profile has of its host, what it has not, and what it is good for. */
export function learnedText(learned: LearnedProfile, file: string, out: Console): string {
  const { from, learned: switches, open, unasked, notes } = learned;
  return [
    `${file}: ${from.host}, ${from.build}, ${BASIS_WORDS[from.basis] ?? from.basis}.`,
    '',
    out.bold(`${count(switches.length, 'assumption')} learned`),
    ...switches.map(
      ({ id, value, because }) => `  ${id} = ${value}\n${out.dim(wrapped(because, 4))}`,
    ),
    ...(open.length === 0
      ? []
      : [
          '',
          out.bold('Answered, but not alike: left as documented'),
          ...open.map(({ id, because }) => `  ${id}\n${out.dim(wrapped(because, 4))}`),
        ]),
    ...(notes.length === 0 ? [] : ['', ...notes.map((note) => wrapped(note, 0))]),
    '',
    unasked.length === 0
      ? 'Every other switch is settled.'
      : wrapped(`Not settled, so as documented: ${unasked.join(', ')}`, 0),
    '',
    `Pose as this host: portlab run sweep --stack simulated --profile ${file}`,
  ].join('\n');
}
