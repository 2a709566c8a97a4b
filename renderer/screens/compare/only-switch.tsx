import type { ReactNode } from 'react';
import { Switch } from '../../kit/fluent.ts';

/** Whether only what tells the runs apart is listed. */
export function OnlySwitch(props: {
  readonly on: boolean;
  onChange(on: boolean): void;
}): ReactNode {
  return (
    <Switch
      label="Only what differs"
      checked={props.on}
      onChange={(_event, { checked }) => props.onChange(checked)}
    />
  );
}
