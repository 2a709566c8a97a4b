import type { Script, StepResult } from '#engine/script/script.ts';
import { answerWords, missWords, stepWords } from '#engine/script/step-words.ts';
import type { ScriptDocument } from '../service/script/script-document.ts';
import type { Console } from './console.ts';
import { endLines, headLines } from './run-text.ts';
import { table } from './table.ts';

/** A script's run for a terminal: the answer, then every step with what it answered. */
export function scriptText(document: ScriptDocument, { steps }: Script, out: Console): string {
  const rows = document.steps.map((result) => {
    const step = steps[result.index]!;
    return [
      String(result.index),
      stepWords(step),
      answerWords(result),
      expectationWords(result, () => missWords(step, result)),
    ];
  });
  return [
    ...headLines(document, out),
    '',
    out.bold(document.script.title),
    table(
      [
        { title: 'Step', right: true },
        { title: 'Call' },
        { title: 'Answer' },
        { title: 'Expectation' },
      ],
      rows,
    ),
    '',
    ...endLines(document),
  ].join('\n');
}

function expectationWords({ expectation }: StepResult, miss: () => string): string {
  if (expectation === 'none') return '';
  return expectation === 'met' ? 'met' : `FAILED: ${miss()}`;
}
