import type { ReactNode } from 'react';
import type { HoldersView, HostView } from '#engine/api/views.ts';
import { formatNumber } from '#engine/chart/format.ts';
import { useCall } from '../../connection/use-lab.ts';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { KeyNumber, Term, Terms } from '../../kit/figures.tsx';
import { Tab, TabList, makeStyles } from '../../kit/fluent.ts';
import { Empty } from '../../kit/messages.tsx';
import { ProvenanceBadge } from '../../kit/provenance.tsx';
import { PortBar } from './port-bar.tsx';
import { PortLegend } from './port-legend.tsx';
import {
  POOL_PLACES,
  describePicture,
  pictureOf,
  spanWords,
  type PoolPicture,
  type PoolPlace,
} from './pools.ts';

const STAND_IN = 'documented';

const useStyles = makeStyles({
  body: { display: 'flex', flexWrap: 'wrap', gap: '16px 24px' },
  figures: {
    flex: '0 0 200px',
    display: 'flex',
    flexDirection: 'column',
    gap: '4px',
    paddingRight: '24px',
    borderRight: `1px solid ${color('stroke')}`,
    '@media (max-width: 799px)': { flexBasis: '100%', paddingRight: 0, borderRightStyle: 'none' },
  },
  bar: { flex: '1 1 320px', minWidth: 0 },
  note: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 8px',
    marginBottom: '8px',
    color: color('ink-2'),
  },
  tabs: { margin: '-4px 0' },
  list: {
    marginTop: '8px',
    fontSize: '12px',
    lineHeight: '16px',
    color: color('ink-2'),
    '& summary': { cursor: 'pointer' },
    '& p': { maxHeight: '96px', overflowY: 'auto', paddingTop: '4px' },
  },
});

export interface PortsCardProps {
  readonly view: HostView;
  readonly place: PoolPlace;
  onPlace(place: PoolPlace): void;
  readonly holders: HoldersView | undefined;
}

/** A pool's numbers: all of them on one bar, the dynamic range enlarged, and what is left free. */
export function PortsCard({ view, place, onPlace, holders }: PortsCardProps): ReactNode {
  const styles = useStyles();
  const missing = POOL_PLACES.some(({ pool }) => view.facts.dynamicRanges[pool] === null);
  const profiles = useCall('profiles', missing ? {} : null);
  const profile = profiles.data?.profiles.find(({ name }) => name === STAND_IN);
  const picture = pictureOf(place, view, holders, profile);
  return (
    <Card
      title="Ports"
      hint={
        <TabList
          className={styles.tabs}
          size="small"
          selectedValue={place.pool}
          aria-label="Port pool"
          onTabSelect={(_, { value }) => {
            const next = POOL_PLACES.find(({ pool }) => pool === value);
            if (next !== undefined) onPlace(next);
          }}
        >
          {POOL_PLACES.map(({ pool, name }) => (
            <Tab key={pool} value={pool} id={`pool-${pool}`} aria-controls="pool-panel">
              {name}
            </Tab>
          ))}
        </TabList>
      }
      aside={<PortLegend />}
    >
      <div role="tabpanel" id="pool-panel" aria-labelledby={`pool-${place.pool}`}>
        {picture === null ? (
          <Empty title={`The dynamic range of ${place.name} is unknown.`}>
            {noRangeWords(view)}
          </Empty>
        ) : (
          <>
            {picture.profile !== null && (
              <p className={styles.note}>
                <ProvenanceBadge basis="modelled" />
                {noRangeWords(view)} Drawn is what the model takes (profile {picture.profile}).
              </p>
            )}
            <div className={styles.body}>
              <Figures picture={picture} />
              <div className={styles.bar}>
                <PortBar
                  name={`Port numbers of ${place.name}`}
                  description={describePicture(place, picture)}
                  range={picture.range}
                  exclusions={picture.exclusions}
                  inUse={picture.inUse}
                  inUseOutside={picture.inUseOutside}
                  modelled={picture.profile !== null}
                />
                {picture.exclusions.length > 0 && (
                  <details className={styles.list}>
                    <summary>All excluded ranges ({picture.exclusions.length})</summary>
                    <p>
                      {picture.exclusions
                        .map(
                          (one) => `${spanWords(one)}${one.administered ? ' (administered)' : ''}`,
                        )
                        .join(', ')}
                    </p>
                  </details>
                )}
              </div>
            </div>
          </>
        )}
      </div>
    </Card>
  );
}

function noRangeWords({ facts }: HostView): string {
  return facts.platform === 'win32'
    ? 'netsh names no dynamic range here.'
    : `${facts.os.name} has no dynamic port ranges as Windows has.`;
}

function Figures({ picture }: { readonly picture: PoolPicture }): ReactNode {
  const styles = useStyles();
  const { range, counts, exclusionsKnown, inUseKnown, profile } = picture;
  return (
    <div className={styles.figures}>
      <KeyNumber
        value={formatNumber(counts.free)}
        hint={
          inUseKnown
            ? 'free on all addresses'
            : profile !== null
              ? 'for wildcard ports, by the model'
              : 'free on all addresses at most'
        }
      />
      <Terms>
        <Term label="Dynamic range">{formatNumber(range.count)}</Term>
        <Term label="Excluded in it">{minus(exclusionsKnown, counts.excluded)}</Term>
        {profile === null && <Term label="In use in it">{minus(inUseKnown, counts.inUse)}</Term>}
      </Terms>
    </div>
  );
}

function minus(known: boolean, ports: number): string {
  if (!known) return 'unknown';
  return ports === 0 ? '0' : `− ${formatNumber(ports)}`;
}
