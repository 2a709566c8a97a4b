import { useEffect, useState, type ReactNode } from 'react';

/** The answer is said when it has stood this long: not with every digit typed, ms. */
const PAUSE_MS = 900;

/** The new answer, for who listens. @param text '' says nothing */
export function SaidSentence({ text }: { readonly text: string }): ReactNode {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (text === '') return undefined;
    const timer = setTimeout(() => setSaid(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p role="status" aria-label="Answer" className="visually-hidden">
      {said}
    </p>
  );
}
