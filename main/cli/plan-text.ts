import { monitoringText } from '../service/monitoring-text.ts';
import { planWords } from '../service/plan-words.ts';
import type { PreparedRun } from '../service/prepare.ts';
import type { Console } from './console.ts';

/** What a run would take and risk, in words, for somebody about to press the button. */
export function planText(prepared: PreparedRun, out: Console): string {
  const { experiment, host, refusal, basis } = prepared;
  const where =
    basis === 'modelled' ? `on the simulated stack (${host.why})` : `on ${host.hostname}`;
  const { takes, risks } = planWords(prepared);
  const lines = [
    out.bold(`${experiment.title} ${where}: nothing was taken, this is what it would do.`),
    '',
    ...takes,
    ...risks,
  ];
  const monitoring = monitoringText(prepared);
  if (monitoring !== null) lines.push('', out.bold('For your monitoring team:'), monitoring);
  if (refusal !== null) lines.push('', `It would be refused: ${refusal.message}; ${refusal.hint}.`);
  return lines.join('\n');
}
