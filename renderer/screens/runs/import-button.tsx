import { useRef, type ReactNode } from 'react';
import { Button } from '../../kit/fluent.ts';
import { ArrowImport16Regular } from '../../kit/icons.ts';

export interface ImportButtonProps {
  readonly disabled: boolean;
  /** The element that says why it is disabled. */
  readonly describedBy?: string | undefined;
  onFiles(files: readonly File[]): void;
}

/** Opens the system's dialog for `.labrun` files, any number of them. */
export function ImportButton({ disabled, describedBy, onFiles }: ImportButtonProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".labrun"
        multiple
        hidden
        aria-label="Files to import"
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          // The same file may be chosen again.
          currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
      <Button
        icon={<ArrowImport16Regular />}
        disabledFocusable={disabled}
        aria-describedby={describedBy}
        onClick={() => input.current?.click()}
      >
        Import
      </Button>
    </>
  );
}
