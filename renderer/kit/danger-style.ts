import { color } from './colors.ts';
import { makeStyles } from './fluent.ts';

/** The one red fill that can be pressed: Stop, and the gate of what may starve a host. */
export const useDangerStyles = makeStyles({
  danger: {
    backgroundColor: color('stop'),
    color: '#ffffff',
    border: '1px solid transparent',
    ':hover': { backgroundColor: color('stop-hover'), color: '#ffffff' },
    ':hover:active': { backgroundColor: color('stop-hover'), color: '#ffffff' },
    '@media (forced-colors: active)': {
      forcedColorAdjust: 'none',
      backgroundColor: 'Highlight',
      color: 'HighlightText',
      ':hover': { backgroundColor: 'Highlight', color: 'HighlightText' },
    },
  },
});
