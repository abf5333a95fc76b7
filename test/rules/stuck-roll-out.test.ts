import * as assert from 'uvu/assert';
import { object, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { diagnosisOf, installed, patched, pendingPod } from './outage.ts';

const test = suite('a roll-out whose new pods wait for the nodes of the old ones');
const labels = { 'kubevirt.io': 'virt-operator' };
const NEAR = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: labels } };
const APART = { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [NEAR] } } };
const PORT = { containers: [{ name: 'virt-operator', ports: [{ containerPort: 8443, hostPort: 8443 }] }] };

/** A second revision with one pod that no node takes, beside both pods of the first. */
function rollOut(spec: object, words: string, strategy?: object): TestObject[] {
  const named = installed().map((one) =>
    one.kind === 'Node'
      ? patched([one], 'Node', { metadata: { labels: { 'kubernetes.io/hostname': one.metadata?.name } } })[0]
      : one,
  ) as TestObject[];
  const present = patched(named, 'Deployment', { spec: { template: { spec }, ...(strategy && { strategy }) } });
  const template = (present.find(({ kind }) => kind === 'Deployment') as { spec?: { template?: { spec?: object } } })
    .spec?.template;
  const owned = (kind: string, uid: string) => [{ kind, name: 'owner', uid, controller: true }];
  const old =
    'ports' in (PORT.containers[0] ?? {}) && spec === PORT ? patched(present, 'Pod', { spec: PORT }) : present;
  const pod = pendingPod('virt-operator-2-x', words);
  return [
    ...old,
    object(
      'apps/v1',
      'ReplicaSet',
      {
        name: 'virt-operator-2',
        namespace: 'kubevirt',
        uid: 'r2',
        labels,
        ownerReferences: owned('Deployment', 'd') as [],
      },
      { spec: { replicas: 1, template } },
    ),
    { ...pod, metadata: { ...pod.metadata, ownerReferences: owned('ReplicaSet', 'r2') as [] }, spec: template?.spec },
  ];
}
const ANTI = "0/3 nodes are available: 2 node(s) didn't match pod anti-affinity rules.";
const PORTS = "0/3 nodes are available: 2 node(s) didn't have free ports for the requested pod ports.";
const first = async (objects: TestObject[]) => (await diagnosisOf(objects)).causes[0];
const STUCK = /^the roll-out cannot go on: /;

test('the old pods hold every node, and stay: one of them has to end first', async () => {
  for (const [spec, words, code] of [
    [APART, ANTI, 'pod-anti-affinity'],
    [PORT, PORTS, 'host-port-conflict'],
  ] as const) {
    const cause = await first(rollOut(spec, words));
    assert.equal([cause?.code, cause?.confidence], [code, 'certain']);
    assert.match(cause?.title ?? '', STUCK);
    assert.match(cause?.mitigation?.command ?? '', '{"maxUnavailable":1}');
  }
});

test('nor does it go on where the nodes that they do not hold are out of use', async () => {
  const third = installed().filter(({ metadata }) => metadata?.name === 'cp-1');
  const cordoned = patched(third, 'Node', { metadata: { name: 'cp-2' }, spec: { unschedulable: true } });
  const { causes } = await diagnosisOf([...rollOut(APART, ANTI), ...cordoned]);
  assert.equal(causes.map(({ code }) => code).sort(), ['cordoned', 'pod-anti-affinity']);
  assert.match(causes.find(({ code }) => code === 'pod-anti-affinity')?.title ?? '', 'the roll-out cannot go on: ');
});

test('not where an old pod may end first, or where another pod is in the way', async () => {
  for (const maxUnavailable of [1, '50%']) {
    const cause = await first(rollOut(APART, ANTI, { type: 'RollingUpdate', rollingUpdate: { maxUnavailable } }));
    assert.is(cause?.code, 'pod-anti-affinity');
    assert.not.match(cause?.title ?? '', STUCK);
  }
  const foreign = patched(rollOut(APART, ANTI), 'Pod/virt-operator-1-b', { metadata: { ownerReferences: [] } });
  assert.not.match((await first(foreign))?.title ?? '', STUCK);
});

test.run();
