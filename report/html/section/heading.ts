import { basisOfRun } from '#engine/chart/provenance.ts';
import { count, duration } from '#engine/model/words.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { basisSentence, STATUS_WORDS, utcWords } from '../../words.ts';
import { provenanceBadge } from '../badges.ts';
import { ICONS } from '../icons.ts';
import { html, type Markup } from '../markup.ts';

/** Provenance, the answer, its price, then when and where. */
export function heading(document: RunDocument): Markup {
  const { run, verdict, safety } = document;
  const basis = basisOfRun(run);
  const price = priceOf(document);
  const unfinished = run.status !== 'complete';
  return html`<header>
    <p class="line">
      ${provenanceBadge(basis)}
      <span class="pill ${unfinished ? 'warn' : 'ok'}"
        >${unfinished ? ICONS.warning : ICONS.check}${run.status}</span
      >
      <span class="pill">${safety.exhaustive ? 'exhaustive' : 'safe'}</span>
      <span class="quiet">Run ${run.id}, ${run.experiment}</span>
    </p>
    ${run.title !== null && html`<p class="title">${run.title}</p>`}
    <h1>${sentenceCase(verdict)}</h1>
    ${price !== null && html`<p class="price ${price.tone}">${price.tone === 'info' ? ICONS.info : ICONS.warning}<span>${price.text}</span></p>`}
    ${unfinished && html`<p class="price warn">${ICONS.warning}<span>${STATUS_WORDS[run.status]}</span></p>`}
    ${basis !== 'measured' && html`<p class="provenance ${basis}">${basisSentence(document, basis)}</p>`}
    <p class="meta">
      ${[
        utcWords(run.startedAt),
        duration(run.durationNs) + (basis === 'modelled' ? ' of virtual time' : ''),
        count(run.eventCount, 'call'),
        run.stack === 'winsock' ? `Winsock (ws2_32.dll, ${run.ffi ?? 'FFI'})` : 'allocator engine',
        `${run.host.hostname}, ${run.host.os.name} ${run.host.os.build}`,
        ...(run.tags.length > 0 ? [`tags ${run.tags.join(', ')}`] : []),
      ].map((part) => html`<span>${part}</span>`)}
    </p>
  </header>`;
}

interface Price {
  readonly tone: 'warn' | 'error' | 'info';
  readonly text: string;
}

/** What the answer cost, or would cost, whoever shares the host. */
function priceOf({ run, arms, safety }: RunDocument): Price | null {
  const simulated = run.stack === 'simulated';
  if (safety.openAfter > 0) {
    return {
      tone: 'error',
      text: `${count(safety.openAfter, 'socket')} still open after the release: their ports stay taken until the lab's process ends.`,
    };
  }
  const full = arms.some((arm) => arm.strategy === 'port-scalability' && arm.ended === 'exhausted');
  if (full && run.host.wine === null) {
    return {
      tone: 'warn',
      text: simulated
        ? 'The price: at that point option-less applications would get no wildcard port.'
        : 'The price: at the peak, by the documentation, option-less applications could get no wildcard port (this run did not try).',
    };
  }
  if (arms.length === 0) return null;
  const held = `${simulated ? 'It would hold' : 'It held'} ${count(safety.peakHeld, 'port')} at most`;
  if (simulated)
    return { tone: 'info', text: `The price on a real host: ${held.replace('It', 'it')}.` };
  return {
    tone: 'info',
    text:
      safety.exhaustive || safety.reserve === null
        ? `The price: ${held.replace('It', 'it')}.`
        : `The price: ${held.replace('It', 'it')} and kept a reserve of ${count(safety.reserve, 'port number')} free on all addresses.`,
  };
}

/** The verdict may begin in lower case where words come before it on other screens. */
function sentenceCase(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
