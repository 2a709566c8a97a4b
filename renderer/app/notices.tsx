import { useEffect, useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { ServiceEvents } from '#engine/api/contract.ts';
import { useServiceEvent, useShellMessage } from '../connection/use-lab.ts';
import { Button } from '../kit/fluent.ts';
import { Dismiss16Regular } from '../kit/icons.ts';
import { Banner, ErrorBar } from '../kit/messages.tsx';
import { useStopRuns } from './stop-runs.tsx';

type Ended = Parameters<ServiceEvents['ended']>[0];

interface Notice {
  readonly id: number;
  readonly intent: 'info' | 'error';
  readonly text: string;
}

/** What happened while one looked elsewhere: runs that ended, words of the desktop, a Stop refused. */
export function Notices(): ReactNode {
  const [location] = useLocation();
  const [ended, setEnded] = useState<readonly Ended[]>([]);
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const { error, dismissError } = useStopRuns();

  useServiceEvent('ended', (end) => {
    // Who watches the run, or opened it, sees that it ended.
    if (!isOwnPlace(location, end.run)) setEnded((ends) => [...ends, end].slice(-3));
  });
  useShellMessage((message) => {
    if (message.shell !== 'notice') return;
    const { intent, text } = message;
    setNotices((shown) => [...shown, { id: (shown.at(-1)?.id ?? 0) + 1, intent, text }].slice(-3));
  });
  useEffect(() => {
    setEnded((ends) =>
      ends.some(({ run }) => isOwnPlace(location, run))
        ? ends.filter(({ run }) => !isOwnPlace(location, run))
        : ends,
    );
  }, [location]);

  return (
    <>
      {error !== null && (
        <ErrorBar error={error} actions={<Dismiss what="the error" onDismiss={dismissError} />} />
      )}
      {notices.map((notice) => (
        <Banner
          key={notice.id}
          intent={notice.intent}
          title={notice.text}
          actions={
            <Dismiss
              what="the notice"
              onDismiss={() => setNotices((shown) => shown.filter((other) => other !== notice))}
            />
          }
        />
      ))}
      {ended.map((end) => (
        <Banner
          key={end.run}
          intent={end.status === 'failed' ? 'error' : 'info'}
          title={`${end.title}: ${STATUS_WORDS[end.status] ?? end.status}.`}
          actions={
            <Dismiss
              what="the notice"
              onDismiss={() => setEnded((ends) => ends.filter((other) => other !== end))}
            />
          }
        >
          {end.verdict} <Link href={`/runs/${encodeURIComponent(end.run)}`}>Open the run</Link>
        </Banner>
      ))}
    </>
  );
}

const STATUS_WORDS: Readonly<Record<string, string>> = {
  complete: 'complete',
  cancelled: 'stopped',
  interrupted: 'interrupted',
  failed: 'failed',
  'stopped-for-safety': 'stopped itself for safety',
};

function isOwnPlace(location: string, run: string): boolean {
  return location === `/live/${run}` || location === `/runs/${run}`;
}

function Dismiss(props: { readonly what: string; onDismiss(): void }): ReactNode {
  return (
    <Button
      appearance="transparent"
      size="small"
      icon={<Dismiss16Regular />}
      aria-label={`Dismiss ${props.what}`}
      onClick={props.onDismiss}
    />
  );
}
