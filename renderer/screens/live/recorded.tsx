import type { ReactNode } from 'react';
import { thousands } from '#engine/model/words.ts';
import { isBehind, type LiveState } from './live-words.ts';

/** What is safe on disk, and how far this screen has read it. */
export function Recorded(props: {
  readonly live: LiveState;
  readonly ended: boolean;
  readonly allRead: boolean;
}): ReactNode {
  const { live, ended, allRead } = props;
  const { activity, snapshot } = live;
  const calls = snapshot?.calls ?? 0;
  if (ended || activity === null) {
    if (!allRead) return <>{thousands(calls)} events read so far, the others follow.</>;
    return <>{calls === 0 ? 'No event is' : `${thousands(calls)} events`} recorded, all on disk.</>;
  }
  const { recorded, words } = activity;
  return (
    <>
      {words} · {thousands(recorded)} events recorded, all on disk
      {isBehind(live) &&
        ` · this screen has read ${Math.floor((calls / recorded) * 100)} % of them`}
    </>
  );
}
