import { useEffect, useState, type ReactNode } from 'react';
import { useLab } from '../connection/use-lab.ts';
import { Button } from '../kit/fluent.ts';
import { Banner } from '../kit/messages.tsx';

/** Connecting this long is worth a word, ms. */
const PATIENCE_MS = 1_500;

/** Says that there is no connection, and why; or that this page may only look. */
export function ConnectionBanner(): ReactNode {
  const banner = useBanner();
  return banner === null ? null : <section aria-label="Connection">{banner}</section>;
}

function useBanner(): ReactNode {
  const { state, reason, hello, shell, reconnect } = useLab();
  const [waitedLong, setWaitedLong] = useState(false);
  const [asked, setAsked] = useState(false);
  const first = state === 'connecting' && reason === '';

  useEffect(() => {
    setWaitedLong(false);
    if (!first) return undefined;
    const timer = setTimeout(() => setWaitedLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [first]);
  useEffect(() => setAsked(false), [state, reason]);

  if (state === 'connected') {
    return hello?.readOnly === true ? (
      <Banner intent="info" title="This page may only look.">
        To start, stop or delete runs, open the whole address that <code>portlab serve</code>{' '}
        printed, with what follows its #.
      </Banner>
    ) : null;
  }
  if (first) {
    return waitedLong ? <Banner intent="info" title="Connecting to the lab service." /> : null;
  }

  const why = /[.!?]$/.test(reason) || reason === '' ? reason : `${reason}.`;
  // A service that never answered has recorded nothing that could be in doubt.
  const kept = hello === null ? '' : ' What was recorded is kept.';
  return (
    <Banner
      intent="error"
      title={hello === null ? 'No connection to the lab service.' : 'The lab service ended.'}
      actions={
        <Button
          size="small"
          disabledFocusable={asked}
          onClick={() => {
            setAsked(true);
            reconnect();
          }}
        >
          {shell.isDesktop ? 'Restart' : 'Connect again'}
        </Button>
      }
    >
      {capital(why)}
      {kept}
      {!shell.isDesktop && ' This page tries again by itself.'}
    </Banner>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
