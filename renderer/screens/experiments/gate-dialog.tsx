import { useState, type ReactNode } from 'react';
import type { Preview } from '#engine/api/views.ts';
import { count } from '#engine/model/words.ts';
import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  mergeClasses,
} from '../../kit/fluent.ts';
import { useDangerStyles } from '../../kit/danger-style.ts';

export interface GateDialogProps {
  readonly gate: NonNullable<Preview['gate']>;
  readonly preview: Preview;
  onConfirm(typed: string): void;
  onCancel(): void;
}

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  list: { paddingLeft: '18px' },
  button: { whiteSpace: 'nowrap', minWidth: 'max-content' },
});

/**
 * Before a run that may starve this host: says what may fail, takes the host's name, typed, and the
 * word of whoever types it that a console stays in reach when the network doesn't.
 */
export function GateDialog({ gate, preview, onConfirm, onCancel }: GateDialogProps): ReactNode {
  const styles = useStyles();
  const danger = useDangerStyles();
  const [typed, setTyped] = useState('');
  const [reachable, setReachable] = useState(false);
  const right = isName(typed, gate.hostname) && reachable;
  return (
    <Dialog open modalType="alert" onOpenChange={(_, { open }) => !open && onCancel()}>
      <DialogSurface>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (right) onConfirm(typed.trim());
          }}
        >
          <DialogBody>
            <DialogTitle>This may leave {gate.hostname} without ports</DialogTitle>
            <DialogContent className={styles.content}>
              <p>{gate.message}.</p>
              <ul className={styles.list}>
                <li>
                  New logons, LDAP and DNS queries and SMB connections may fail until it releases.
                </li>
                <li>
                  {leftWords(preview)} It lasts about {count(preview.plan.seconds, 'second')}, and
                  ends at once with Stop (Shift+Esc).
                </li>
              </ul>
              <Field
                label={`Type the name of this host, ${gate.hostname}, to run it`}
                hint="Capital and small letters are the same"
              >
                <Input
                  autoComplete="off"
                  spellCheck={false}
                  value={typed}
                  onChange={(_, { value }) => setTyped(value)}
                />
              </Field>
              <Checkbox
                label="I can reach this server’s console without the network (iLO, iDRAC, hypervisor)"
                checked={reachable}
                onChange={(_, { checked }) => setReachable(checked === true)}
              />
            </DialogContent>
            <DialogActions>
              <Button className={styles.button} appearance="secondary" onClick={onCancel}>
                Back to the form
              </Button>
              <Button
                type="submit"
                className={mergeClasses(styles.button, right && danger.danger)}
                disabled={!right}
              >
                Run exhaustively on {gate.hostname}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

export function isName(typed: string, hostname: string): boolean {
  return typed.trim().toLowerCase() === hostname.toLowerCase();
}

function leftWords({ plan }: Preview): string {
  if (plan.legacyLeft === null)
    return 'How many numbers are left to other applications is unknown.';
  return plan.legacyLeft === 0
    ? 'At its worst no number is left to applications without the option.'
    : `At its worst ${count(plan.legacyLeft, 'number')} would be left to applications without the option.`;
}
