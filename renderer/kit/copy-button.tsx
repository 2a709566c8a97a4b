import { useEffect, useState, type ReactNode } from 'react';
import { copyText } from './copy-text.ts';
import { Button } from './fluent.ts';
import { Checkmark16Regular, Copy16Regular } from './icons.ts';

export interface CopyButtonProps {
  /** On the button: what is copied. */
  readonly children: string;
  text(): string;
  readonly disabled?: boolean;
  readonly size?: 'small' | 'medium';
  readonly appearance?: 'secondary' | 'subtle';
}

/** How long it says that it copied, ms. */
const SAID_MS = 2_000;

export function CopyButton(props: CopyButtonProps): ReactNode {
  const { children, text, disabled = false, size = 'medium', appearance = 'secondary' } = props;
  const [said, setSaid] = useState('');

  useEffect(() => {
    if (said === '') return undefined;
    const timer = setTimeout(() => setSaid(''), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);

  async function copy(): Promise<void> {
    setSaid((await copyText(text())) ? 'Copied' : 'Not copied');
  }

  return (
    <>
      <Button
        size={size}
        appearance={appearance}
        disabled={disabled}
        icon={said === 'Copied' ? <Checkmark16Regular /> : <Copy16Regular />}
        onClick={() => void copy()}
      >
        {said === 'Not copied' ? said : children}
      </Button>
      <span role="status" className="visually-hidden">
        {said}
      </span>
    </>
  );
}
