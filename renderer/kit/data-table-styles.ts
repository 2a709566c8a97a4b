import { color } from './colors.ts';
import { makeStyles } from './fluent.ts';

/** What a row's height leaves around a line of 20 px and the rule below. */
const cells = (padding: string) => ({ '& td, & tbody th': { padding: `${padding} 12px` } });

export const useTableStyles = makeStyles({
  // A check mark's target reaches a little below the last row.
  frame: { overflowX: 'auto', overflowY: 'hidden', minWidth: 0 },
  long: { overflowY: 'auto' },
  table: {
    width: '100%',
    borderCollapse: 'separate',
    borderSpacing: 0,
    lineHeight: '20px',
    color: color('ink'),
    '& th, & td': {
      borderBottom: `1px solid ${color('stroke')}`,
      textAlign: 'left',
      verticalAlign: 'middle',
    },
    '& thead th': {
      padding: '3px 12px',
      fontSize: '12px',
      fontWeight: 600,
      color: color('ink-2'),
      whiteSpace: 'nowrap',
      backgroundColor: color('card'),
    },
    '& tbody:last-child tr:last-child > *': { borderBottomStyle: 'none' },
    '& th:first-child, & td:first-child': { paddingLeft: '16px' },
    '& th:last-child, & td:last-child': { paddingRight: '16px' },
    '& tr:focus-visible': { outlineOffset: '-2px' },
  },
  roomy: cells('4.5px'),
  normal: cells('3.5px'),
  dense: cells('2.5px'),
  sticky: { position: 'sticky', top: 0, zIndex: 1 },
  first: { fontWeight: 600 },
  // Twice, because the table's own rule for cells counts more than one class.
  numeric: { '&&&': { textAlign: 'right' } },
  check: {
    '&&&': { width: '40px', paddingTop: 0, paddingBottom: 0, paddingRight: 0 },
    '& .fui-Checkbox': { margin: '-4px -8px', verticalAlign: 'middle' },
  },
  marked: { backgroundColor: color('warn-tint') },
  opens: {
    cursor: 'pointer',
    ':hover': { backgroundColor: color('accent-tint') },
  },
  chosen: {
    backgroundColor: color('accent-tint'),
    '@media (forced-colors: active)': { outline: '1px dashed Highlight', outlineOffset: '-2px' },
  },
  sort: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '2px',
    padding: 0,
    border: 'none',
    background: 'none',
    font: 'inherit',
    color: 'inherit',
    cursor: 'pointer',
    ':hover': { color: color('ink') },
  },
  unsorted: { opacity: 0 },
});
