import { useMemo, useState, type ReactNode } from 'react';
import type { RecordingView } from '#engine/api/views.ts';
import { color } from '../../kit/colors.ts';
import { Button, Dropdown, Option, makeStyles } from '../../kit/fluent.ts';
import { ProvenanceBadge } from '../../kit/provenance.tsx';
import { hostOfModel, profileChoices } from './model-wish.ts';
import type { ReplayStore } from './replay-store.ts';
import { settable, switchOf } from './switches.ts';
import { useReplay } from './use-replay.ts';

const useStyles = makeStyles({
  choice: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-end',
    gap: '4px',
    fontSize: '12px',
    color: color('ink-2'),
  },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px',
    justifyContent: 'flex-end',
  },
  profile: { minWidth: '240px', maxWidth: '280px' },
  id: { minWidth: '240px', maxWidth: '320px' },
  value: { minWidth: '130px', maxWidth: '200px' },
});

/** Whose rules the second track follows, and one switch of them at a time. */
export function ModelChoice(props: {
  readonly store: ReplayStore;
  readonly recording: RecordingView;
}): ReactNode {
  const { store, recording } = props;
  const styles = useStyles();
  const wish = useReplay(store, (state) => state.wish);
  const model = useReplay(store, (state) => state.model);
  const [chosen, setChosen] = useState<string | null>(null);
  const choices = useMemo(() => profileChoices(recording.document), [recording]);
  const assumptions = model?.assumptions;
  const switches = useMemo(
    () => (assumptions === undefined ? [] : settable(assumptions)),
    [assumptions],
  );
  if (wish === null) return null;
  const changed = Object.keys(wish.switches);
  const id = chosen ?? changed.at(-1) ?? null;
  const known = id === null || assumptions === undefined ? undefined : switchOf(assumptions, id);
  const profile = choices.find((one) => one.profile === wish.profile);
  return (
    <div className={styles.choice} role="group" aria-label="Model">
      <div className={styles.line}>
        <span>Model</span>
        <ProvenanceBadge basis="modelled" />
        <span>{hostOfModel(recording.document)}</span>
        <Dropdown
          size="small"
          className={styles.profile}
          aria-label="Rules of the model"
          value={profile?.words ?? wish.profile}
          selectedOptions={[wish.profile]}
          onOptionSelect={(_event, { optionValue }) => {
            if (optionValue !== undefined) store.setWish({ ...wish, profile: optionValue });
          }}
        >
          {choices.map(({ profile, words, about }) => (
            <Option key={profile} value={profile} text={words} title={about}>
              {words}
            </Option>
          ))}
        </Dropdown>
      </div>
      <div className={styles.line}>
        <Dropdown
          size="small"
          className={styles.id}
          aria-label="Assumption"
          placeholder="Change an assumption"
          value={known === undefined ? '' : `${known.id} ${known.name}`}
          selectedOptions={id === null ? [] : [id]}
          onOptionSelect={(_event, { optionValue }) => setChosen(optionValue ?? null)}
        >
          {switches.map(({ id, name, about, value }) => (
            <Option key={id} value={id} text={`${id} ${name}`} title={about}>
              {id} {name}: {value}
            </Option>
          ))}
        </Dropdown>
        {known !== undefined && (
          <Dropdown
            size="small"
            className={styles.value}
            aria-label={`Value of ${known.id}`}
            title={known.about}
            value={known.value}
            selectedOptions={[known.value]}
            onOptionSelect={(_event, { optionValue }) => {
              if (optionValue !== undefined) store.setSwitch(known.id, optionValue);
            }}
          >
            {known.values.map((value) => (
              <Option key={value} value={value}>
                {value}
              </Option>
            ))}
          </Dropdown>
        )}
        {changed.length > 0 && (
          <Button
            size="small"
            onClick={() => {
              setChosen(null);
              store.setWish({ ...wish, switches: {} });
            }}
          >
            Undo {changed.join(', ')}
          </Button>
        )}
      </div>
    </div>
  );
}
