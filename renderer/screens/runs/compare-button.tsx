import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { RunSummary } from '#engine/api/views.ts';
import { LEAST_COMPARED, MOST_COMPARED } from '#engine/compare/compare-document.ts';
import { Button } from '../../kit/fluent.ts';
import { ColumnSingleCompare16Regular } from '../../kit/icons.ts';

const NOTE_ID = 'runs-compare-note';

/** Puts the chosen runs side by side, the oldest first: it is the one before whatever was changed. */
export function CompareButton({ runs }: { readonly runs: readonly RunSummary[] }): ReactNode {
  const [, goTo] = useLocation();
  const possible = runs.length >= LEAST_COMPARED && runs.length <= MOST_COMPARED;
  return (
    <>
      <Button
        icon={<ColumnSingleCompare16Regular />}
        disabledFocusable={!possible}
        title={possible ? undefined : `Choose ${LEAST_COMPARED} to ${MOST_COMPARED} runs`}
        aria-describedby={possible ? undefined : NOTE_ID}
        onClick={() => {
          const ids = runs
            .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt))
            .map(({ id }) => id);
          goTo(`/compare/${ids.join(',')}`);
        }}
      >
        Compare
      </Button>
      <span id={NOTE_ID} className="visually-hidden">
        Choose {LEAST_COMPARED} to {MOST_COMPARED} runs to compare them.
      </span>
    </>
  );
}
