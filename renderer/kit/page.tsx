import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { Link as RouteLink } from 'wouter';
import { color } from './colors.ts';
import { makeStyles, mergeClasses } from './fluent.ts';
import { ChevronRight16Regular } from './icons.ts';
import { headingAppeared, headingGoes } from './page-focus.ts';

export interface Crumb {
  readonly text: string;
  /** A route; left out on the last one. */
  readonly to?: string;
}

export interface PageProps {
  readonly breadcrumb?: readonly Crumb[];
  readonly badges?: ReactNode;
  /** The answer, not the screen's name. */
  readonly sentence: ReactNode;
  /** `own`: the sentence only names what the screen is about; a PageHeading inside gives the answer. */
  readonly heading?: 'sentence' | 'own';
  /** The sentence in plain words for the window's title, where it is more than text. */
  readonly title?: string;
  /** The price or the next step, under the sentence. */
  readonly detail?: ReactNode;
  /** Top right; at most one primary button. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', gap: '12px', padding: '16px 24px 24px' },
  head: { display: 'flex', flexWrap: 'wrap', gap: '8px 24px', alignItems: 'flex-start' },
  words: { flex: '1 1 420px', minWidth: 0 },
  trail: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 8px',
    minHeight: '24px',
    fontSize: '12px',
    lineHeight: '16px',
    color: color('ink-2'),
  },
  crumbs: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px',
    listStyleType: 'none',
    '& a': { color: color('ink-2'), textDecorationLine: 'none' },
    '& a:hover': { textDecorationLine: 'underline' },
    '& li': { display: 'flex', alignItems: 'center', gap: '4px' },
  },
  sentence: {
    fontSize: '20px',
    lineHeight: '28px',
    fontWeight: 600,
    color: color('ink'),
    overflowWrap: 'anywhere',
  },
  detail: { color: color('ink-2'), marginTop: '2px' },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'flex-end',
    gap: '8px',
  },
});

/** One screen: where one is, the answer as its heading, what can be done, then the evidence. */
export function Page(props: PageProps): ReactNode {
  const { breadcrumb, badges, sentence, heading = 'sentence' } = props;
  const { title, detail, actions, children } = props;
  const styles = useStyles();
  const plain = title ?? (typeof sentence === 'string' ? sentence : '');
  useEffect(() => {
    document.title = plain === '' ? 'Port Scalability Lab' : `${plain} – Port Scalability Lab`;
  }, [plain]);
  const hasTrail = breadcrumb !== undefined || badges !== undefined;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div className={styles.words}>
          {hasTrail && (
            <div className={styles.trail}>
              {breadcrumb !== undefined && <Trail crumbs={breadcrumb} className={styles.crumbs} />}
              {badges}
            </div>
          )}
          {heading === 'own' ? (
            <p className={styles.sentence}>{sentence}</p>
          ) : (
            <PageHeading>{sentence}</PageHeading>
          )}
          {detail !== undefined && <div className={styles.detail}>{detail}</div>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

export interface PageHeadingProps {
  readonly children: ReactNode;
  readonly className?: string;
}

/** The screen's answer: what gets the focus when one comes here. One on each screen. */
export function PageHeading({ children, className }: PageHeadingProps): ReactNode {
  const styles = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    const element = heading.current;
    if (element === null) return undefined;
    headingAppeared(element);
    return () => headingGoes(element);
  }, []);
  return (
    <h1 ref={heading} className={mergeClasses(styles.sentence, className)} tabIndex={-1}>
      {children}
    </h1>
  );
}

function Trail(props: {
  readonly crumbs: readonly Crumb[];
  readonly className: string;
}): ReactNode {
  return (
    <nav aria-label="Breadcrumb">
      <ol className={props.className}>
        {props.crumbs.map(({ text, to }, at) => (
          <li key={text}>
            {to === undefined ? (
              <span aria-current={at === props.crumbs.length - 1 ? 'page' : undefined}>{text}</span>
            ) : (
              <RouteLink href={to}>{text}</RouteLink>
            )}
            {at < props.crumbs.length - 1 && <ChevronRight16Regular aria-hidden />}
          </li>
        ))}
      </ol>
    </nav>
  );
}
