import type { ReactNode } from 'react';
import { count, thousands } from '#engine/model/words.ts';
import { readableParameters } from '#engine/run/readable-parameters.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { Card } from '../../../kit/card.tsx';
import { Term, Terms } from '../../../kit/figures.tsx';
import { valueRows } from './value-rows.ts';

interface Props {
  readonly document: RunDocument;
}

export function ParametersCard({ document }: Props): ReactNode {
  const { run } = document;
  const parameters = readableParameters(document);
  return (
    <Card title="Parameters" hint="exactly as the run had them">
      <Terms>
        <Term label="experiment">{run.experiment}</Term>
        {Object.keys(parameters).length > 0 &&
          valueRows(parameters).map(({ path, value }) => (
            <Term key={path} label={path}>
              {value}
            </Term>
          ))}
        <Term label="seed">{String(run.seed)}</Term>
      </Terms>
    </Card>
  );
}

export function LimitsCard({ document: { run, safety } }: Props): ReactNode {
  return (
    <Card
      title="Limits"
      hint={run.stack === 'simulated' ? 'as they would have been' : 'promised before, and kept'}
    >
      <Terms>
        <Term label="Kind">
          {safety.exhaustive ? 'exhaustive: may go below the reserve' : 'safe'}
        </Term>
        <Term label="Reserve">
          {safety.reserve === null
            ? 'none could be kept: the range is unknown'
            : `${count(safety.reserve, 'port number')} free on all addresses`}
        </Term>
        <Term label="Sockets at once, at most">{thousands(safety.maxSockets)}</Term>
        <Term label="Time, at most">{thousands(safety.maxSeconds)} s</Term>
        <Term label="Peak held">{count(safety.peakHeld, 'port')}</Term>
        <Term label="Released">{releasedWords(run.status, safety.openAfter)}</Term>
      </Terms>
    </Card>
  );
}

function releasedWords(status: RunDocument['run']['status'], openAfter: number): string {
  if (openAfter > 0) return `${count(openAfter, 'socket')} left open`;
  if (status === 'running') return 'not yet';
  if (status === 'interrupted') return 'by the system, when the lab’s process ended';
  return 'all; 0 sockets left open';
}
