import { useRef, useState, type ReactNode } from 'react';
import type { RunView } from '#engine/api/views.ts';
import { useLab } from '../../../connection/use-lab.ts';
import { Card } from '../../../kit/card.tsx';
import { color } from '../../../kit/colors.ts';
import { Link, Spinner, makeStyles } from '../../../kit/fluent.ts';
import { useRestHeight } from '../use-rest-height.ts';

const useStyles = makeStyles({
  place: { position: 'relative' },
  frame: {
    display: 'block',
    width: '100%',
    border: 'none',
    borderRadius: '0 0 6px 6px',
    backgroundColor: color('page'),
  },
  wait: { position: 'absolute', insetInline: 0, top: '48px' },
});

/**
 * A run may come from somebody else's file, so its report is shown as a stranger's page: the empty
 * sandbox allows it neither script nor form nor this page's origin.
 */
export function ReportTab({ view: { document } }: { readonly view: RunView }): ReactNode {
  const styles = useStyles();
  const { shell } = useLab();
  const place = useRef<HTMLDivElement>(null);
  const height = useRestHeight(place, 420);
  const [drawn, setDrawn] = useState(false);
  const address = `/report/${encodeURIComponent(document.run.id)}.html`;
  return (
    <Card
      title="Report"
      hint="as it is exported: one file that needs nothing else"
      aside={
        !shell.isDesktop && (
          <Link href={address} target="_blank" rel="noopener">
            Open in a new tab
          </Link>
        )
      }
      flush
    >
      <div ref={place} className={styles.place}>
        {!drawn && <Spinner className={styles.wait} size="small" label="Drawing the report" />}
        <iframe
          className={styles.frame}
          sandbox=""
          title={`Report of run ${document.run.id}`}
          src={address}
          style={{ height }}
          onLoad={() => setDrawn(true)}
        />
      </div>
    </Card>
  );
}
