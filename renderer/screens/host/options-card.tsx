import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { HostFacts, OptionFacts } from '#engine/model/host-facts.ts';
import { SOCKET_OPTIONS } from '#engine/model/socket-option.ts';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { useTableStyles } from '../../kit/data-table-styles.ts';
import { makeStyles, mergeClasses } from '../../kit/fluent.ts';
import { TriState } from '../../kit/marks.tsx';
import { TableFrame } from '../../kit/table-frame.tsx';
import { optionNote, type ProbedOption } from './option-note.ts';

const PROBED: readonly ProbedOption[] = ['SO_PORT_SCALABILITY', 'SO_REUSE_UNICASTPORT'];

const useStyles = makeStyles({
  // Five columns beside the addresses leave little room.
  table: {
    '&&& th, &&& td': { paddingLeft: '6px', paddingRight: '6px' },
    '&&& th:first-child, &&& td:first-child': { paddingLeft: '16px' },
  },
  main: {
    '&&& > *': { borderBottomStyle: 'none', paddingTop: '8px', paddingBottom: '2px' },
  },
  note: { '&&& > *': { paddingTop: 0, paddingBottom: '8px', color: color('ink-2') } },
});

/** What each option is on this host: four questions, each yes, no or unknown. */
export function OptionsCard({ facts }: { readonly facts: HostFacts }): ReactNode {
  const styles = useStyles();
  const table = useTableStyles();
  return (
    <Card flush title="Socket options" hint="asked of a socket without a port">
      <TableFrame label="Socket options">
        <table
          className={mergeClasses(table.table, table.normal, styles.table)}
          aria-label="Socket options"
        >
          <thead>
            <tr>
              <th scope="col">Option</th>
              <th scope="col">Documented</th>
              <th scope="col">Settable</th>
              <th scope="col">Readable</th>
              <th scope="col">Honoured</th>
            </tr>
          </thead>
          {PROBED.map((option) => {
            const { documented, settable, readable, honoured, evidence } = facts.options[option];
            return (
              <tbody key={option}>
                <tr className={styles.main}>
                  <th scope="row" className={table.first}>
                    {option}
                  </th>
                  <td>
                    <TriState value={documented ? 'yes' : 'no'} />
                  </td>
                  <td>
                    <TriState value={answer(settable)} />
                  </td>
                  <td>
                    <TriState value={answer(readable)} />
                  </td>
                  <td>
                    <TriState value={honoured} />
                  </td>
                </tr>
                <tr className={styles.note}>
                  <td colSpan={5}>
                    {hex(option)}. {optionNote(option, facts)}
                    {evidence !== null && (
                      <>
                        {' '}
                        <Link href={`/runs/${encodeURIComponent(evidence)}`}>
                          Run {evidence} showed it
                        </Link>
                        .
                      </>
                    )}
                  </td>
                </tr>
              </tbody>
            );
          })}
        </table>
      </TableFrame>
    </Card>
  );
}

function answer(value: OptionFacts['settable']): 'yes' | 'no' | 'unknown' {
  return value === null ? 'unknown' : value ? 'yes' : 'no';
}

function hex(option: ProbedOption): string {
  return `0x${SOCKET_OPTIONS[option].number.toString(16).padStart(4, '0')}`;
}
