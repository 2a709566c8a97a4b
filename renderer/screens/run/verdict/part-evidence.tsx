import { useMemo, useState, type ReactNode } from 'react';
import type { RunSeries } from '#engine/analysis/run-series.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { color } from '../../../kit/colors.ts';
import { Dropdown, Option, makeStyles, useId } from '../../../kit/fluent.ts';
import { ArmsCard } from './arms-card.tsx';
import { ArmsCharts } from './arms-charts.tsx';
import { partDocument, partNames } from './part-document.ts';

const useStyles = makeStyles({
  choice: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 8px' },
  label: { color: color('ink-2') },
});

export interface PartEvidenceProps {
  readonly document: RunDocument;
  readonly series: RunSeries;
}

/** Arms and charts of one experiment at a time: those of several have nothing in common. */
export function PartEvidence({ document, series }: PartEvidenceProps): ReactNode {
  const styles = useStyles();
  const id = useId('part');
  const parts = document.experiments ?? [];
  const names = partNames(parts);
  const [chosen, setChosen] = useState(() => parts.findIndex(({ arms }) => arms.length > 0));
  const part = parts[chosen];
  const own = useMemo(
    () => (part === undefined ? null : partDocument(document, part, series)),
    [document, part, series],
  );
  if (own === null) return null;
  return (
    <>
      <div className={styles.choice}>
        <span id={id} className={styles.label}>
          Arms and charts of
        </span>
        <Dropdown
          aria-labelledby={id}
          value={names[chosen] ?? ''}
          selectedOptions={[String(chosen)]}
          onOptionSelect={(_, { optionValue }) => setChosen(Number(optionValue))}
        >
          {parts.map(({ arms }, at) =>
            arms.length === 0 ? null : (
              <Option key={String(at)} value={String(at)}>
                {names[at] ?? ''}
              </Option>
            ),
          )}
        </Dropdown>
      </div>
      <ArmsCard document={own} series={series} />
      <ArmsCharts document={own} series={series} />
    </>
  );
}
