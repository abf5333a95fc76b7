import * as assert from 'uvu/assert';
import { operatorReport } from '../../src/commands/operator-report.ts';
import { object, operatorPod, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { answer, crashingPod, diagnosisOf, evidenceOf, installed, patched, without } from './outage.ts';

const test = suite('a second virt-operator');
const LABELS = { 'kubevirt.io': 'virt-operator' };

const replicaSet = (ownerReferences: object[] = []) =>
  object('apps/v1', 'ReplicaSet', {
    name: 'virt-operator-copy-1',
    namespace: 'kubevirt',
    uid: 'copy',
    labels: LABELS,
    ownerReferences: ownerReferences as [],
  });
const ofDeployment = (name: string, uid = 'other') => [{ kind: 'Deployment', name, uid, controller: true }];
const copied = (
  phase = 'Running',
  owner: object = { kind: 'ReplicaSet', name: 'virt-operator-copy-1', uid: 'copy' },
) => {
  const status = { phase, conditions: [{ type: 'Ready', status: phase === 'Running' ? 'True' : 'False' }] };
  const pod = operatorPod('virt-operator-copy-1-x', 'cp-1', 'kubevirt', { status });
  return { ...pod, metadata: { ...pod.metadata, ownerReferences: [{ ...owner, controller: true }] } };
};
const heldBy = (holderIdentity: string, objects = installed()) =>
  patched(objects, 'Lease/virt-operator', { spec: { holderIdentity } });
const scaledTo0 = (time: string) => {
  const written = { manager: 'kubectl', time, fieldsV1: { 'f:spec': { 'f:replicas': {} } } };
  const change = { metadata: { managedFields: [written] }, spec: { replicas: 0 } };
  return without(patched(patched(installed(), 'Deployment', change), 'ReplicaSet', { spec: { replicas: 0 } }), 'Pod');
};
const LEADS = 'virt-operator-copy-1-x';
const copy = [replicaSet(ofDeployment('virt-operator-copy')), copied()];

test('its pod leads while those of the Deployment are Ready: degraded, and both are named', async () => {
  const { verdict, causes } = await diagnosisOf([...heldBy(LEADS), ...copy]);
  assert.is(verdict, 'degraded');
  assert.equal(causes, [
    {
      code: 'operator-duplicated',
      severity: 'warning',
      confidence: 'certain',
      title: 'a pod of Deployment virt-operator-copy leads, not one of Deployment virt-operator',
      since: null,
      object: { kind: 'Deployment', namespace: 'kubevirt', name: 'virt-operator-copy' },
      evidence: [
        {
          text: 'Ready, and belongs to Deployment virt-operator-copy',
          source: 'pod/virt-operator-copy-1-x metadata.ownerReferences',
        },
        {
          text: 'held by virt-operator-copy-1-x, renewed at 2026-03-01T02:59:58.000000Z',
          source: 'lease/virt-operator in kubevirt',
        },
      ],
      consequences: [],
      mitigation: {
        action: 'keep-one-operator',
        automatic: false,
        command: 'kubectl -n kubevirt scale deployment/virt-operator-copy --replicas=0',
      },
    },
  ]);
});

const TITLES: Record<string, [TestObject[], string[]]> = {
  'it waits for the lease': [
    [...installed(), ...copy],
    ['Deployment virt-operator-copy runs a second operator pod beside Deployment virt-operator'],
  ],
  'a ReplicaSet without a Deployment is told as such': [[...installed(), replicaSet(), copied()], []],
  'a StatefulSet': [
    [...heldBy(LEADS), copied('Running', { kind: 'StatefulSet', name: 'mine', uid: 's' })],
    ['a pod of StatefulSet mine leads, not one of Deployment virt-operator'],
  ],
  'a ReplicaSet that is not labelled, and leads': [
    [...heldBy(LEADS), copied()],
    ['a pod of ReplicaSet virt-operator-copy-1 leads, not one of Deployment virt-operator'],
  ],
  'a ReplicaSet that was perhaps deleted': [[...installed(), copied()], []],
  'a copy that does not run': [[...installed(), replicaSet(ofDeployment('virt-operator-copy')), copied('Pending')], []],
  'a process that is no pod': [
    patched(heldBy('laptop'), 'Pod', { metadata: { creationTimestamp: '2026-03-01T02:00:00Z' } }),
    ['laptop holds the lease and is no pod of Deployment virt-operator'],
  ],
  'the former leader, just ended': [
    patched(heldBy('virt-operator-1-z'), 'Pod', { metadata: { creationTimestamp: '2026-03-01T02:59:50Z' } }),
    [],
  ],
  'the former leader, while its pod is not replaced': [
    without(
      patched(heldBy('virt-operator-1-b'), 'Pod', { metadata: { creationTimestamp: '2026-03-01T02:00:00Z' } }),
      'Pod/virt-operator-1-b',
    ),
    [],
  ],
  'a process that leads long after the Deployment was scaled to 0': [
    heldBy('laptop', scaledTo0('2026-03-01T02:30:00Z')),
    ['laptop holds the lease and is no pod of Deployment virt-operator'],
  ],
  'a Deployment that was just scaled to 0': [scaledTo0('2026-03-01T02:59:30Z'), []],
};
for (const [name, [objects, titles]] of Object.entries(TITLES)) {
  test(name, async () => {
    const { causes, findings } = await diagnosisOf(objects);
    const found = [...causes, ...findings]
      .filter(({ code }) => code === 'operator-duplicated')
      .map(({ title }) => title);
    assert.equal(found, titles);
  });
}

test('a process that is no pod leads in place of Ready pods: degraded', async () => {
  const objects = patched(heldBy('laptop'), 'Pod', { metadata: { creationTimestamp: '2026-03-01T02:00:00Z' } });
  assert.equal(await answer(objects), { verdict: 'degraded', causes: ['operator-duplicated likely'], findings: [] });
});

test('it leads while the Deployment is scaled to 0: degraded, and the alert is rightly silent', async () => {
  const evidence = await evidenceOf([...heldBy(LEADS, scaledTo0('2026-03-01T02:00:00Z')), ...copy]);
  const { verdict, causes, findings, alerts } = operatorReport(evidence);
  const down = alerts.find(({ name }) => name === 'VirtOperatorDown');
  assert.equal(
    [verdict, causes.map(({ code }) => code), down?.state],
    ['degraded', ['deployment-scaled-to-zero'], 'inactive'],
  );
  const command = findings.find(({ code }) => code === 'operator-duplicated')?.mitigation?.command;
  assert.match(command ?? '', /get deployments,replicasets,pods/, 'all that works must not be stopped');
});

test('it leads while the own pods crash: degraded, by what makes them crash', async () => {
  const broken = ['a', 'b'].map((id, node) => crashingPod(`virt-operator-1-${id}`, { exitCode: 2 }, `cp-${node}`));
  assert.equal(await answer([...without(heldBy(LEADS), 'Pod'), ...broken, ...copy]), {
    verdict: 'degraded',
    causes: ['crash-unexplained possible'],
    findings: ['operator-duplicated certain'],
  });
});

test('a pod without any controller leads: it is told with the pod', async () => {
  const orphan = copied();
  const objects = [
    ...heldBy(LEADS, scaledTo0('2026-03-01T02:00:00Z')),
    patched([orphan], 'Pod', { metadata: { ownerReferences: [] } })[0] ?? orphan,
  ];
  const { verdict, findings } = await diagnosisOf(objects);
  const drift = findings.find(({ code }) => code === 'label-drift');
  assert.equal(
    [verdict, drift?.evidence.at(-1)?.text],
    ['degraded', 'held by virt-operator-copy-1-x, renewed at 2026-03-01T02:59:58.000000Z'],
  );
});

const former = (owner: object[]) => {
  const pod = operatorPod('laptop', 'cp-1');
  return { ...pod, metadata: { ...pod.metadata, labels: {}, ownerReferences: owner as [] } };
};
const ledBy = (pod: TestObject) => [
  ...patched(heldBy('laptop'), 'Pod', { metadata: { creationTimestamp: '2026-03-01T02:00:00Z' } }),
  pod,
];

test('the pod that leads has lost its label, and with it its ReplicaSet', async () => {
  const { verdict, causes, findings } = await diagnosisOf(ledBy(former([])));
  assert.equal([verdict, causes.map(({ code }) => code), findings], ['degraded', ['label-drift'], []]);
  assert.is(causes[0]?.evidence[0]?.text, 'no controller, and no label kubevirt.io=virt-operator');
});

test('the pod that leads is without a label, and belongs to another', async () => {
  const { causes } = await diagnosisOf(
    ledBy(former([{ kind: 'ReplicaSet', name: 'mine', uid: 'm', controller: true }])),
  );
  assert.equal([causes.length, causes[0]?.code], [1, 'operator-duplicated']);
  assert.is(causes[0]?.evidence.at(-1)?.text, 'belongs to ReplicaSet mine');
});

test('a holder that a shell would take apart is quoted', async () => {
  const old = { metadata: { creationTimestamp: '2026-03-01T02:00:00Z' } };
  const { causes } = await diagnosisOf(patched(heldBy('x;id'), 'Pod', old));
  assert.is(causes[0]?.mitigation?.command, "kubectl get pods -A --field-selector metadata.name='x;id'");
});

test('whether it leads is not known where the lease may not be read: degraded, as long as its pod is Ready', async () => {
  const crashing = [crashingPod('virt-operator-1-a', {}), crashingPod('virt-operator-1-b', {}, 'cp-1')];
  const lease = '/apis/coordination.k8s.io/v1/namespaces/kubevirt/leases/virt-operator';
  const verdictWith = async (others: TestObject[]) =>
    (await diagnosisOf([...without(installed(), 'Pod'), ...crashing, ...others], [lease])).verdict;
  assert.equal([await verdictWith(copy), await verdictWith([])], ['degraded', 'down']);
});

test('nobody leads although it runs: down', async () => {
  const { verdict, causes } = await diagnosisOf([
    ...patched(installed(), 'Lease/virt-operator', { spec: { renewTime: '2026-03-01T02:00:00Z' } }),
    ...copy,
  ]);
  assert.equal([verdict, causes[0]?.code], ['down', 'no-leader']);
});

test.run();
