import * as assert from 'uvu/assert';
import { object, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { answer, crashingPod, diagnosisOf, installed, patched, without } from './outage.ts';

const test = suite("what the operator's roles allow");
const ROLE = 'Role/kubevirt-operator';
const CLUSTER_ROLE = 'ClusterRole/kubevirt-operator';
const leaderless = patched(installed(), 'Lease/virt-operator', { spec: { renewTime: '2026-03-01T02:50:00.000000Z' } });
const started = [{ name: 'virt-operator', ready: true, state: { running: { startedAt: '2026-03-01T02:00:00Z' } } }];
const neverLed = patched(without(installed(), 'Lease/virt-operator'), 'Pod', {
  status: { containerStatuses: started },
});
const lease = (...verbs: string[]) => ({ verbs, apiGroups: ['coordination.k8s.io'], resources: ['leases'] });
const list = (group: string, resource: string) => ({
  verbs: ['list', 'watch'],
  apiGroups: [group],
  resources: [resource],
});
const BOTH = [list('kubevirt.io', 'kubevirts'), list('apiextensions.k8s.io', 'customresourcedefinitions')];
const ROLE_IS_CAUSE = 'crash-rbac certain no-leader';
const NOTHING = 'no-leader certain';

const withRole = (objects: TestObject[], ...rules: object[]) => patched(objects, ROLE, { rules });
const withClusterRole = (objects: TestObject[], ...rules: object[]) => patched(objects, CLUSTER_ROLE, { rules });

/** Ready pods do not lead, and their bindings are sound. */
const CASES: [string, TestObject[], string][] = [
  ['no rule at all', withRole(leaderless), ROLE_IS_CAUSE],
  ['no right to update', withRole(leaderless, lease('get', 'create')), ROLE_IS_CAUSE],
  ['no right to get', withRole(leaderless, lease('update', 'create')), ROLE_IS_CAUSE],
  ['no right to create a lease that exists', withRole(leaderless, lease('get', 'update')), NOTHING],
  ['no right to create one that does not', withRole(neverLed, lease('get', 'update')), ROLE_IS_CAUSE],
  ['rules for other leases', withRole(leaderless, { ...lease('*'), resourceNames: ['other'] }), ROLE_IS_CAUSE],
  [
    'rules for this lease',
    withRole(leaderless, { ...lease('get', 'update'), resourceNames: ['virt-operator'] }),
    NOTHING,
  ],
  ['rules for everything', withRole(leaderless, { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }), NOTHING],
  ['rules of another group', withRole(leaderless, { ...lease('*'), apiGroups: [''] }), ROLE_IS_CAUSE],
  ['no Role', without(leaderless, ROLE), ROLE_IS_CAUSE],
  ['no rule for what it lists', withClusterRole(neverLed, BOTH[0] ?? {}), ROLE_IS_CAUSE],
  ['the rules that it lists by, which it has done', withClusterRole(leaderless), NOTHING],
  [
    'a lease that the ClusterRole allows',
    withRole(withClusterRole(neverLed, ...BOTH, lease('*'))),
    'no-leader certain',
  ],
];

for (const [name, objects, cause] of CASES) {
  test(`Ready pods that do not lead, and ${name}`, async () => {
    const { causes } = (await answer(objects)) as { causes: string[] };
    assert.equal(causes, [cause]);
  });
}

test('a Role is looked at only where it decides', async () => {
  const { causes } = await diagnosisOf(withRole(installed()));
  assert.equal(causes, []);
});

test('what is told of a Role that was changed: what it lacks, who changed it, and when', async () => {
  const managedFields = [
    { manager: 'kubectl-edit', operation: 'Update', time: '2026-03-01T02:49:00Z', fieldsV1: { 'f:rules': {} } },
  ];
  const { causes } = await diagnosisOf(
    patched(withRole(leaderless, lease('list')), ROLE, { metadata: { managedFields } }),
  );
  const [cause] = causes;
  assert.equal(cause?.object, { kind: 'Role', namespace: 'kubevirt', name: 'kubevirt-operator' });
  assert.is(cause?.title, "virt-operator's Role does not allow to get or update leases.coordination.k8s.io");
  assert.is(cause?.since, '2026-03-01T02:49:00Z');
  assert.equal(cause?.evidence.slice(0, 2), [
    { text: 'does not allow to get or update leases.coordination.k8s.io', source: 'role/kubevirt-operator' },
    {
      text: 'last written by kubectl-edit at 2026-03-01T02:49:00Z',
      source: 'role/kubevirt-operator metadata.managedFields',
    },
  ]);
});

test('a binding to another role tells nothing of this one, nor does OLM, whose roles have other names', async () => {
  const other = patched(withRole(leaderless), 'RoleBinding', { roleRef: { name: 'mine' } });
  const owners = [
    { apiVersion: 'operators.coreos.com/v1alpha1', kind: 'ClusterServiceVersion', name: 'kubevirt.v1', uid: 'u' },
  ];
  const byOlm = patched(without(leaderless, ROLE, CLUSTER_ROLE), 'Deployment', {
    metadata: { ownerReferences: owners },
  });
  for (const objects of [other, byOlm])
    assert.equal(
      (await diagnosisOf(objects)).causes.map(({ code }) => code),
      ['no-leader'],
    );
});

test('pods that end for want of a right, and those that end for something else', async () => {
  const words =
    'customresourcedefinitions.apiextensions.k8s.io is forbidden: User "system:serviceaccount:kubevirt:kubevirt-operator" cannot list resource';
  const crashed = (message: string) => crashingPod('virt-operator-1-a', { exitCode: 1, message });
  const objects = withClusterRole(without(installed(), 'Pod'), BOTH[0] ?? {});
  assert.match(JSON.stringify(await answer([...objects, crashed(words)])), 'crash-rbac certain');
  assert.not.match(JSON.stringify(await answer([...objects, crashed('panic: no')])), 'crash-rbac');
});

test('roles that may not be read are not checked, and the log decides', async () => {
  const gone = object('v1', 'ConfigMap', { name: 'unused', namespace: 'kubevirt' });
  const { notChecked, causes } = await diagnosisOf(
    [...withRole(leaderless), gone],
    ['/apis/rbac.authorization.k8s.io/v1/namespaces/kubevirt/roles/*'],
  );
  assert.equal(
    causes.map(({ code }) => code),
    ['no-leader'],
  );
  assert.equal(
    notChecked.map(({ what, needs }) => [what, needs?.resource]),
    [['Role kubevirt-operator', 'roles']],
  );
});

test.run();
