import type { HostFacts } from '#engine/model/host-facts.ts';

export type ProbedOption = keyof HostFacts['options'];

/** What an option's four answers mean on this host, in a sentence. */
export function optionNote(option: ProbedOption, facts: HostFacts): string {
  const { settable, honoured } = facts.options[option];
  if (settable === null) return 'Nobody could be asked: ws2_32.dll was not called here.';
  if (!settable) return 'setsockopt refuses it on this host.';
  if (option === 'SO_REUSE_UNICASTPORT' && facts.autoReuseRange?.count === 0) {
    return 'The auto-reuse range is empty, so it gains nothing on this host today.';
  }
  if (honoured === 'yes') return 'It changes how ports are given on this host.';
  if (honoured === 'no') return 'It is accepted and changes nothing on this host.';
  if (facts.wine !== null) return 'No run on Wine can settle whether Windows honours it.';
  const build = facts.os.build === '' ? '' : ` on build ${facts.os.build}`;
  const settles = option === 'SO_PORT_SCALABILITY' ? ' A sweep does.' : '';
  return `No recorded run${build} settles it yet.${settles}`;
}
