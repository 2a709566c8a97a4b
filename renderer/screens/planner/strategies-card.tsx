import { memo, type ReactNode } from 'react';
import { thousands } from '#engine/model/words.ts';
import type { PlanDocument } from '#engine/planner/plan-document.ts';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';
import { TableFrame } from '../../kit/table-frame.tsx';
import { CheckMark } from './check-mark.tsx';
import { StrategyRow } from './strategy-row.tsx';
import type { PlanState } from './use-plan.ts';

export interface StrategiesCardProps {
  readonly plan: PlanDocument;
  readonly check: PlanState['check'];
}

const useStyles = makeStyles({
  table: {
    width: '100%',
    minWidth: '700px',
    borderCollapse: 'separate',
    borderSpacing: 0,
    '& th, & td': {
      padding: '6px 8px',
      borderTop: `1px solid ${color('stroke')}`,
      textAlign: 'left',
      verticalAlign: 'middle',
    },
    '& thead th': {
      padding: '4px 8px',
      borderTopStyle: 'none',
      fontSize: '12px',
      lineHeight: '16px',
      fontWeight: 600,
      color: color('ink-2'),
      whiteSpace: 'nowrap',
    },
    '& tr > :first-child': { paddingLeft: '16px' },
    '& tr > :last-child': { paddingRight: '16px' },
  },
  right: { '&&': { textAlign: 'right' } },
  atHand: { display: 'inline-flex', alignItems: 'center', gap: '8px' },
  mark: { height: '14px', borderLeft: `2px dashed ${color('ink')}` },
});

/** Every way to get the ports, the best first. */
export const StrategiesCard = memo(function StrategiesCard(props: StrategiesCardProps): ReactNode {
  const { plan, check } = props;
  const styles = useStyles();
  const { strategies, host, need, recommended } = plan;
  const mostAddresses = Math.max(
    host.addresses,
    ...strategies.map(({ addressesNeeded }) => addressesNeeded ?? 0),
  );
  const mostLeft = Math.max(
    need.usablePerAddress,
    ...strategies.map(({ portsLeftForLegacy }) => portsLeftForLegacy.max),
  );
  return (
    <Card
      title="Strategies"
      hint={`for ${thousands(need.capacity)} ports of capacity`}
      aside={
        <>
          <span className={styles.atHand}>
            <span className={styles.mark} aria-hidden />
            {thousands(host.addresses)} at hand
          </span>
          <CheckMark check={check} />
        </>
      }
      flush
    >
      <TableFrame label="Strategies">
        <table className={styles.table} aria-label="Strategies">
          <thead>
            <tr>
              <th scope="col">Strategy</th>
              <th scope="col">Addresses needed</th>
              <th scope="col">Left for option-less apps</th>
              <th scope="col" className={styles.right}>
                Full after
              </th>
              <th scope="col">First thing to break</th>
            </tr>
          </thead>
          <tbody>
            {strategies.map((strategy) => (
              <StrategyRow
                key={strategy.strategy}
                plan={strategy}
                recommended={strategy.strategy === recommended}
                atHand={host.addresses}
                mostAddresses={mostAddresses}
                mostLeft={mostLeft}
                rated={need.perSecond > 0}
              />
            ))}
          </tbody>
        </table>
      </TableFrame>
    </Card>
  );
});
