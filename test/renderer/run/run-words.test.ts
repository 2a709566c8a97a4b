import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RUN_STATUSES, type Finding, type RunDocument } from '#engine/run/run-document.ts';
import { UNFINISHED_WORDS, metaWords, priceOf } from '#renderer/screens/run/run-words.ts';
import { FULL, recordedView, type RecordedView } from './recorded-view.ts';

const finding = (severity: Finding['severity'], text: string): Finding => ({
  id: severity,
  severity,
  text,
});

describe('the heading of a run recorded for real', () => {
  let recorded: RecordedView;
  let document: RunDocument;
  beforeAll(async () => {
    recorded = await recordedView({ ...FULL, maxSockets: 200, parameters: { rate: '4000' } });
    document = recorded.view.document;
  });
  afterAll(() => recorded.close());

  test('when, how long, how fast, with what', () => {
    const [when, took, ...rest] = metaWords(document);
    expect(when).toMatch(/^\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d:\d\d UTC$/);
    expect(took).toMatch(/^[\d.]+ (s|ms) of virtual time$/);
    expect(rest).toEqual(['paced 4,000/s', `lab ${document.run.labVersion}`]);
  });

  test('a run that only the model knows leads to the real thing', () => {
    expect(priceOf(document)).toEqual({
      severity: 'info',
      text: 'Next: Run the same command on the Windows Server in question.',
    });
  });

  test('the worst finding is the price, and sockets left open are worse than any', () => {
    const findings = [
      finding('info', 'Small. Do: nothing.'),
      finding('warning', 'It starves others. Do: cap it.'),
      finding('warning', 'Another.'),
    ];
    expect(priceOf({ ...document, findings })).toEqual({
      severity: 'warning',
      text: 'It starves others.',
    });
    const safety = { ...document.safety, openAfter: 3 };
    expect(priceOf({ ...document, findings, safety })?.text).toContain('3 sockets still open');
    expect(priceOf({ ...document, findings: [] })).toBeNull();
  });
});

test('every run that did not go to its end says that nothing is settled', () => {
  const ended = RUN_STATUSES.filter((status) => status !== 'running' && status !== 'complete');
  for (const status of ended) {
    expect(UNFINISHED_WORDS[status]).toMatch(/kept\. Nothing is settled by it\.$/);
  }
});
