import { count, thousands } from '#engine/model/words.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { ICONS } from '../icons.ts';
import { html, type Markup } from '../markup.ts';
import { list } from './host.ts';

/** What the run promised before it began, and how it kept it. */
export function safety({ run, safety: kept }: RunDocument): Markup {
  const simulated = run.stack === 'simulated';
  return html`<section class="card" aria-labelledby="safety">
    <div class="head">
      <h2 id="safety">Safety</h2>
      <p>
        ${
          simulated
            ? 'as it would have been: nothing real was taken'
            : 'promised before, kept to the end'
        }
      </p>
    </div>
    ${list([
      [
        'Kind',
        kept.exhaustive
          ? 'exhaustive: allowed to go below the reserve'
          : 'safe: never below the reserve',
      ],
      [
        'Reserve',
        kept.reserve === null
          ? 'none could be kept: the dynamic range is unknown'
          : kept.reserve === 0
            ? 'none: every port number might be taken'
            : `${count(kept.reserve, 'port number')} free on all addresses`,
      ],
      ['Limits', `${count(kept.maxSockets, 'socket')}, ${thousands(kept.maxSeconds)} s`],
      ['Peak held', count(kept.peakHeld, 'port')],
      ['Released', released(run.status, kept.openAfter)],
    ])}
  </section>`;
}

function released(status: RunDocument['run']['status'], openAfter: number): Markup {
  if (openAfter > 0) {
    return html`<span class="fact no">${ICONS.cross}${count(openAfter, 'socket')} left open</span>`;
  }
  if (status === 'running') return html`<span class="fact unknown">${ICONS.question}not yet</span>`;
  if (status === 'interrupted') {
    return html`<span class="fact unknown"
      >${ICONS.question}by the system, when the lab’s process ended</span
    >`;
  }
  return html`<span class="fact yes">${ICONS.check}all; 0 sockets left open</span>`;
}
