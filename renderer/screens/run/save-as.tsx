import { useState, type ReactNode } from 'react';
import { LabError } from '#engine/model/lab-error.ts';
import { useClient, useLab } from '../../connection/use-lab.ts';
import { color } from '../../kit/colors.ts';
import { Button, makeStyles } from '../../kit/fluent.ts';
import { ArrowExportLtr16Regular } from '../../kit/icons.ts';
import { saveBlob } from '../../kit/save-blob.ts';
import { transferQueue } from '../runs/transfer/transfers.ts';

type Format = 'html' | 'json' | 'csv';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', alignItems: 'flex-end', gap: '8px' },
  main: { display: 'flex', flexWrap: 'wrap', justifyContent: 'flex-end', gap: '8px' },
  formats: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'flex-end',
    gap: '6px',
    fontSize: '12px',
    color: color('ink-2'),
  },
  small: { minWidth: 'auto', padding: '0 8px' },
});

export interface SaveAsProps {
  readonly run: string;
  /** Also as a recording; not while it is still recorded. */
  readonly ended: boolean;
  /** Another action, before the first. */
  readonly before: ReactNode;
  onFailure(error: LabError | null): void;
}

/** The run as files: reports to read or to work with, and the recording itself. */
export function SaveAs({ run, ended, before, onFailure }: SaveAsProps): ReactNode {
  const styles = useStyles();
  const client = useClient();
  const { shell } = useLab();
  const [busy, setBusy] = useState<Format | null>(null);

  async function save(format: Format): Promise<void> {
    if (client === null || busy !== null) return;
    setBusy(format);
    onFailure(null);
    try {
      const { body, fileName, mime } = await client.call('report', { run, format });
      saveBlob(new Blob([body as Uint8Array<ArrayBuffer>], { type: mime }), fileName);
    } catch (thrown) {
      onFailure(LabError.from(thrown));
    } finally {
      setBusy(null);
    }
  }

  const off = client === null || busy !== null;
  const file = (format: Format): ReactNode => (
    <Button
      size="small"
      className={styles.small}
      disabledFocusable={off}
      aria-label={`Save as ${format.toUpperCase()}`}
      onClick={() => void save(format)}
    >
      {format.toUpperCase()}
    </Button>
  );
  return (
    <div className={styles.column}>
      <div className={styles.main}>
        {before}
        <Button
          appearance="primary"
          icon={<ArrowExportLtr16Regular />}
          disabledFocusable={off}
          onClick={() => void save('html')}
        >
          Export report
        </Button>
      </div>
      <div className={styles.formats} role="group" aria-label="Save as">
        <span aria-hidden>Save as</span>
        {file('html')}
        {shell.isDesktop ? (
          <Button
            size="small"
            className={styles.small}
            aria-label="Save as PDF"
            disabledFocusable={client === null}
            onClick={() => shell.send({ shell: 'save-pdf', run })}
          >
            PDF
          </Button>
        ) : (
          <Button
            as="a"
            size="small"
            className={styles.small}
            href={`/report/${run}.html`}
            target="_blank"
            rel="noopener"
            aria-label="PDF: opens the report in a new tab, where the browser’s print makes the PDF"
            title="Opens the report in a new tab; print it there and choose “Save as PDF”."
          >
            PDF
          </Button>
        )}
        {file('json')}
        {file('csv')}
        <Button
          size="small"
          className={styles.small}
          aria-label="Save as .labrun"
          disabledFocusable={client === null || !ended}
          title={ended ? undefined : 'A run can be carried away when it has ended.'}
          onClick={() => {
            if (client !== null && ended) void transferQueue.exportRuns(client, [run]);
          }}
        >
          .labrun
        </Button>
      </div>
    </div>
  );
}
