import { expect, test } from 'vitest';
import type { HostFacts } from '#engine/model/host-facts.ts';
import type { Answer, RunDocument } from '#engine/run/run-document.ts';
import { switchAnswers } from '#main/service/switch-answers.ts';
import { sampleDocument } from '../data/sample-run.ts';
import { sampleHost } from './host-sample.ts';

const HOST = sampleHost();

function ran(id: string, host: HostFacts, answers: readonly Partial<Answer>[]): RunDocument {
  const document = sampleDocument(id, 'complete');
  return {
    ...document,
    run: { ...document.run, id, stack: host.stack, host },
    answers: answers.map((answer) => ({
      id: 'A20',
      value: 'pack',
      basis: 'measured',
      addressClass: 'same-nic',
      protocol: 'tcp',
      family: 'ipv4',
      because: 'a test',
      ...answer,
    })),
  };
}

function said(documents: readonly RunDocument[], host: HostFacts = HOST, without: string[] = []) {
  const runs = {
    list: () => documents.map(({ run }) => run),
    get: (id: string) => documents.find(({ run }) => run.id === id)!,
  };
  return switchAnswers(runs, host, without);
}

test('only real sockets of the same machine in the same state say something of it', () => {
  const build = { ...HOST.os, build: '26100' };
  expect(
    said([
      ran('own', HOST, [{}]),
      ran('simulated', { ...HOST, stack: 'simulated' }, [{}]),
      ran('another', { ...HOST, hostname: 'SAMPLE-2' }, [{}]),
      ran('updated', { ...HOST, os: build }, [{}]),
      ran('wine', { ...HOST, wine: '8.0' }, [{}]),
    ]),
  ).toEqual([{ id: 'A20', value: 'pack', basis: 'measured', run: 'own' }]);
});

test('what runs under Wine say is said to be Wine’s', () => {
  const wine = { ...HOST, wine: '8.0' };
  expect(said([ran('own', wine, [{}])], wine)).toEqual([
    { id: 'A20', value: 'pack', basis: 'wine', run: 'own' },
  ]);
});

test('a plan is for TCP over IPv4: other pools’ answers are left out, and those of deleted runs', () => {
  const document = ran('own', HOST, [
    { id: 'A21', value: '120' },
    { protocol: 'udp' },
    { family: 'ipv6' },
  ]);
  expect(said([document])).toEqual([{ id: 'A21', value: '120', basis: 'measured', run: 'own' }]);
  expect(said([document], HOST, ['own'])).toEqual([]);
});
