import { useEffect, useRef, useState, type ReactNode } from 'react';
import { color } from '../../kit/colors.ts';
import { makeStyles, mergeClasses } from '../../kit/fluent.ts';
import { ArrowImport20Regular, DismissCircle20Filled } from '../../kit/icons.ts';

const useStyles = makeStyles({
  cover: {
    position: 'fixed',
    inset: 0,
    zIndex: 1_000,
    padding: '12px',
    pointerEvents: 'none',
    backgroundColor: `color-mix(in srgb, ${color('card')} 92%, transparent)`,
  },
  zone: {
    height: '100%',
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    gap: '12px',
    fontSize: '20px',
    fontWeight: 600,
    color: color('accent-text'),
    border: `2px dashed ${color('accent')}`,
    borderRadius: '6px',
  },
  refused: { color: color('error'), border: `2px dashed ${color('error')}` },
});

export interface DropZoneProps {
  /** Why nothing can be dropped; null where it can. */
  readonly refusal: string | null;
  onFiles(files: readonly File[]): void;
}

/** While files are dragged over the window: where to drop them. The whole window is. */
export function DropZone({ refusal, onFiles }: DropZoneProps): ReactNode {
  const styles = useStyles();
  const [over, setOver] = useState(false);
  const latest = useRef({ refusal, onFiles });
  useEffect(() => {
    latest.current = { refusal, onFiles };
  });

  useEffect(() => {
    const onOver = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) {
        event.dataTransfer.dropEffect = latest.current.refusal === null ? 'copy' : 'none';
      }
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      // Between elements of the page something is always entered; outside the window nothing.
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      if (!carriesFiles(event)) return;
      // Else the browser would leave the page and open the file.
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      if (latest.current.refusal === null && files.length > 0) latest.current.onFiles(files);
    };
    window.addEventListener('dragenter', onOver);
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragenter', onOver);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);

  if (!over) return null;
  return (
    <div className={styles.cover}>
      <div className={mergeClasses(styles.zone, refusal !== null && styles.refused)}>
        {refusal === null ? (
          <ArrowImport20Regular aria-hidden />
        ) : (
          <DismissCircle20Filled aria-hidden />
        )}
        {refusal ?? 'Drop .labrun files to import them'}
      </div>
    </div>
  );
}

function carriesFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') === true;
}
