import type { ReactNode } from 'react';
import { color } from './colors.ts';
import {
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
} from './fluent.ts';

/** A LabError, or anything thrown. */
export interface ErrorLike {
  readonly message: string;
  readonly hint?: string;
}

const useStyles = makeStyles({
  bar: { flexShrink: 0 },
  // One line where it fits, else as many as it takes; what can be done stays beside it.
  body: { whiteSpace: 'normal', paddingTop: '8px', paddingBottom: '8px', lineHeight: '20px' },
  empty: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: '4px',
    padding: '32px 16px',
    textAlign: 'center',
    color: color('ink-2'),
  },
  emptyTitle: { fontWeight: 600, color: color('ink') },
});

/** What went wrong and what to do about it. */
export function ErrorBar(props: {
  readonly error: ErrorLike;
  readonly actions?: ReactNode;
}): ReactNode {
  const { message, hint = '' } = props.error;
  return (
    <Banner intent="error" title={sentence(message)} actions={props.actions}>
      {hint === '' ? undefined : (
        <>
          <strong>Do:</strong> {sentence(hint, false)}
        </>
      )}
    </Banner>
  );
}

export interface BannerProps {
  readonly intent: 'info' | 'success' | 'warning' | 'error';
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

export function Banner({ intent, title, children, actions }: BannerProps): ReactNode {
  const styles = useStyles();
  return (
    <MessageBar
      className={styles.bar}
      intent={intent}
      layout="singleline"
      politeness={intent === 'error' ? 'assertive' : 'polite'}
    >
      <MessageBarBody className={styles.body}>
        <MessageBarTitle>{title}</MessageBarTitle> {children}
      </MessageBarBody>
      {actions !== undefined && <MessageBarActions>{actions}</MessageBarActions>}
    </MessageBar>
  );
}

/** Nothing to show, why, and how there would be. */
export function Empty(props: { readonly title: string; readonly children?: ReactNode }): ReactNode {
  const styles = useStyles();
  return (
    <div className={styles.empty}>
      <p className={styles.emptyTitle}>{props.title}</p>
      {props.children}
    </div>
  );
}

/** Errors begin with a small letter and end without a full stop, so that they can be joined. */
function sentence(text: string, capital = true): string {
  const begun = capital ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
