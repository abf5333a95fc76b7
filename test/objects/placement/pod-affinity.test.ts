import * as assert from 'uvu/assert';
import type { Node, Pod } from '../../../src/model/kubernetes.ts';
import { affinityConflicts } from '../../../src/objects/placement/pod-affinity.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('pod anti-affinity');
const HOST = 'kubernetes.io/hostname';

function node(name: string, zone: string): Node {
  return { metadata: { name, labels: { [HOST]: name, zone } } };
}

const nodes = [node('a', 'east'), node('b', 'east'), node('c', 'west')];

function pod(name: string, app: string, more: { nodeName?: string; terms?: object[]; namespace?: string } = {}): Pod {
  const { nodeName, terms = [], namespace = 'kubevirt' } = more;
  const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } };
  return { metadata: { name, namespace, labels: { app } }, spec: { affinity, ...(nodeName && { nodeName }) } } as Pod;
}

const term = (app: string, topologyKey = HOST, more: object = {}) => ({
  labelSelector: { matchLabels: { app } },
  topologyKey,
  ...more,
});
const where = (own: Pod, ...others: Pod[]) =>
  nodes.filter((one) => affinityConflicts(own, one, nodes, others).length > 0).map(({ metadata }) => metadata?.name);

test('its own terms keep it off the hosts, or the zones, of such pods', () => {
  const other = pod('o', 'virt-operator', { nodeName: 'a' });
  assert.equal(where(pod('p', 'virt-operator', { terms: [term('virt-operator')] }), other), ['a']);
  assert.equal(where(pod('p', 'virt-operator', { terms: [term('virt-operator', 'zone')] }), other), ['a', 'b']);
  assert.equal(where(pod('p', 'virt-operator', { terms: [term('database')] }), other), []);
  assert.equal(where(pod('p', 'virt-operator', { terms: [term('virt-operator', 'rack')] }), other), []);
});

test('the terms of pods that run keep it away too', () => {
  const guard = pod('g', 'database', { nodeName: 'c', terms: [term('virt-operator')] });
  assert.equal(where(pod('p', 'virt-operator'), guard), ['c']);
  assert.equal(affinityConflicts(pod('p', 'virt-operator'), node('c', 'west'), nodes, [guard]), [
    'the anti-affinity of pod kubevirt/g keeps it away',
  ]);
});

test('a term counts in the namespaces that it names, or in its own', () => {
  const away = pod('o', 'x', { nodeName: 'a', namespace: 'other' });
  const own = (more: object) => pod('p', 'p', { terms: [term('x', HOST, more)] });
  assert.equal(where(own({}), away), []);
  assert.equal(where(own({ namespaces: ['other'] }), away), ['a']);
  assert.equal(where(own({ namespaceSelector: {} }), away), ['a']);
  assert.equal(where(own({ namespaceSelector: { matchLabels: { team: 'x' } } }), away), []);
});

test('a term without a selector selects nothing', () => {
  const other = pod('o', 'x', { nodeName: 'a' });
  assert.equal(where(pod('p', 'p', { terms: [{ topologyKey: HOST }] }), other), []);
});

test.run();
