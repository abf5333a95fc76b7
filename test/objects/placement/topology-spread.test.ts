import * as assert from 'uvu/assert';
import type { Node, Pod } from '../../../src/model/kubernetes.ts';
import { spreadConflicts } from '../../../src/objects/placement/topology-spread.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('topology spread');
const labels = { app: 'virt-operator', hash: '1' };

function node(name: string, zone?: string): Node {
  return { metadata: { name, labels: zone ? { zone } : {} } };
}

function running(nodeName: string, more: object = {}): Pod {
  return { metadata: { name: `on-${nodeName}`, namespace: 'kubevirt', labels, ...more }, spec: { nodeName } } as Pod;
}

const nodes = [node('a', 'east'), node('b', 'west'), node('c')];

function where(constraint: object, ...others: Pod[]) {
  const base = { topologyKey: 'zone', maxSkew: 1, labelSelector: { matchLabels: { app: 'virt-operator' } } };
  const pod = {
    metadata: { name: 'p', namespace: 'kubevirt', labels },
    spec: { topologySpreadConstraints: [{ ...base, whenUnsatisfiable: 'DoNotSchedule', ...constraint }] },
  } as Pod;
  return nodes
    .filter((one) => spreadConflicts(pod, one, nodes, others).length > 0)
    .map(({ metadata }) => metadata?.name);
}

const cases: [string, object, Pod[], string[]][] = [
  ['an empty cluster: only the node without the label', {}, [], ['c']],
  ['one pod in the east: not there again', {}, [running('a')], ['a', 'c']],
  ['one pod on either side: both may have one more', {}, [running('a'), running('b')], ['c']],
  ['a larger skew', { maxSkew: 2 }, [running('a')], ['c']],
  ['more domains wanted than there are', { minDomains: 3 }, [running('a'), running('b')], ['a', 'b', 'c']],
  ['a preference only', { whenUnsatisfiable: 'ScheduleAnyway' }, [running('a')], []],
  ['pods of another namespace', {}, [running('a', { namespace: 'other' })], ['c']],
  ['pods that are being deleted', {}, [running('a', { deletionTimestamp: '2026-03-01T00:00:00Z' })], ['c']],
  [
    'pods of another template',
    { matchLabelKeys: ['hash'] },
    [running('a', { labels: { ...labels, hash: '0' } })],
    ['c'],
  ],
  ['no selector', { labelSelector: null }, [running('a')], ['c']],
];

for (const [name, constraint, others, expected] of cases) {
  test(name, () => assert.equal(where(constraint, ...others), expected));
}

test.run();
