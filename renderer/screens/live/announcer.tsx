import { useEffect, useRef, useState, type ReactNode } from 'react';

/** Whoever listens is told no more often, ms. */
const EVERY_MS = 5_000;

/** Says the figures now and then, and what is urgent at once. */
export function Announcer(props: { readonly text: string; readonly urgent: boolean }): ReactNode {
  const { text, urgent } = props;
  const latest = useRef(text);
  const [said, setSaid] = useState('');
  useEffect(() => {
    latest.current = text;
  });
  useEffect(() => {
    const timer = setInterval(() => setSaid(latest.current), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <p role="status" aria-live="polite" className="visually-hidden">
      {urgent ? text : said}
    </p>
  );
}
