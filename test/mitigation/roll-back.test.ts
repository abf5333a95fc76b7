import * as assert from 'uvu/assert';
import { operatorReport } from '../../src/commands/operator-report.ts';
import { planNamed } from '../../src/mitigation/plan.ts';
import { object, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { crashingPod, evidenceOf, installed, patched, pullFailingPod, without } from '../rules/outage.ts';

const test = suite('which revision is rolled back to');
const labels = { 'kubevirt.io': 'virt-operator' };
const GOOD = 'quay.io/kubevirt/virt-operator:v1.7.0';
const BAD = 'quay.io/kubevirt/virt-operator:v1.7.0-lost';
const env = [{ name: 'KUBEVIRT_VERSION', value: 'v1.7.0' }];
const running = (image: string, more: object = {}) => ({
  containers: [{ name: 'virt-operator', image, env, resources: {} }],
  ...more,
});

const owned = (pod: TestObject, uid: string): TestObject => ({
  ...pod,
  metadata: {
    ...pod.metadata,
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: uid, uid, controller: true }],
  },
});

/** Revision 9 of this image does not come up; before it were these. */
function failed(pod: TestObject, earlier: Record<number, object>, image = BAD): TestObject[] {
  const status = { phase: 'Deployed', observedKubeVirtVersion: 'v1.7.0' };
  const lost = patched(installed(), 'Lease/virt-operator', { spec: { renewTime: '2026-03-01T02:50:00.000000Z' } });
  const base = patched(patched(without(lost, 'ReplicaSet', 'Pod'), 'KubeVirt', { status }), 'Deployment', {
    spec: { replicas: 1, template: { spec: running(image) } },
  });
  const present = base.find(({ kind }) => kind === 'Deployment') as TestObject & { spec: { template: object } };
  const revision = (number: number, spec: object) =>
    object(
      'apps/v1',
      'ReplicaSet',
      {
        name: `virt-operator-${number}`,
        namespace: 'kubevirt',
        uid: `r${number}`,
        labels,
        annotations: { 'deployment.kubernetes.io/revision': String(number) },
        ownerReferences: [
          { apiVersion: 'apps/v1', kind: 'Deployment', name: 'virt-operator', uid: 'd', controller: true },
        ],
      },
      { spec: { replicas: number === 9 ? 1 : 0, template: { ...present.spec.template, spec } } },
    );
  const now = (present.spec.template as { spec: object }).spec;
  const older = Object.entries(earlier).map(([number, change]) => revision(Number(number), { ...now, ...change }));
  const asMade = patched([pod], 'Pod', { spec: running(image) }).map((one) => owned(one, 'r9'));
  return [...base, revision(9, now), ...older, ...asMade];
}

async function plannedFor(objects: TestObject[]): Promise<string> {
  const evidence = await evidenceOf(objects);
  const { causes, findings } = operatorReport(evidence);
  const plan = planNamed('roll-back', evidence, [...causes, ...findings]);
  if (typeof plan === 'string') return plan;
  return plan.kind === 'automatic' ? (plan.steps[0]?.title ?? '') : (plan.why ?? '');
}

const unpulled = pullFailingPod(
  'virt-operator-9-x',
  `rpc error: code = NotFound desc = failed to pull and unpack image "${BAD}": not found`,
);
const panicked = crashingPod('virt-operator-9-x', { exitCode: 2, message: 'panic: boom\ngoroutine 1 [running]:' });

test('not to one with the same image that is not there, though it is the one before', async () => {
  const objects = failed(unpulled, { 8: running(BAD, { terminationGracePeriodSeconds: 5 }), 7: running(GOOD) });
  assert.is(await plannedFor(objects), 'Roll Deployment virt-operator back to revision 7');
  const { causes } = operatorReport(await evidenceOf(objects));
  const undo = 'kubectl -n kubevirt rollout undo deployment/virt-operator';
  assert.is(causes[0]?.mitigation?.command, `${undo} --to-revision=7`);
  const [cause] = operatorReport(await evidenceOf(failed(unpulled, { 8: running(GOOD) }))).causes;
  assert.is(cause?.mitigation?.command, undo);
});

test('not to one that runs the same program where that crashes', async () => {
  const same = running(BAD, { terminationGracePeriodSeconds: 5 });
  assert.match(await plannedFor(failed(panicked, { 8: same, 7: running(GOOD) })), /back to revision 7$/);
  assert.is(
    await plannedFor(failed(panicked, { 8: same })),
    'every earlier revision has the same program as the present one',
  );
});

test('rather to one whose own pods do not fail', async () => {
  const third = running('quay.io/kubevirt/virt-operator@sha256:2', {});
  const fails = owned(crashingPod('virt-operator-8-x', {}), 'r8');
  const objects = [...failed(panicked, { 8: third, 7: running(GOOD) }), fails];
  assert.match(await plannedFor(objects), /back to revision 7$/);
  assert.match(await plannedFor([...failed(panicked, { 8: third }), fails]), /back to revision 8$/);
});

test.run();
