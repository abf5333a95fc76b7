import * as assert from 'uvu/assert';
import { askArchive } from '../../src/archive/store.ts';
import { alertList } from '../../src/commands/alert-list.ts';
import { exitCode } from '../../src/commands/exit-code.ts';
import { operatorReport } from '../../src/commands/operator-report.ts';
import { gather } from '../../src/kube/read/gather.ts';
import type { AlertItem } from '../../src/model/alert-list.ts';
import { archiveOf, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { monitored, policy } from '../rules/monitored.ts';
import { evidenceOf, patched, unreadyPod, without } from '../rules/outage.ts';

const test = suite('alerts and monitoring');

async function listOf(objects: TestObject[], refused: string[] = []) {
  const evidence = await evidenceOf(objects, refused, 'all');
  const report = operatorReport(evidence);
  return { report, list: alertList({ evidence, report }), exit: exitCode(report, 'incomplete') };
}

/** Each alert that is not plainly silent, in one word. */
function loud(items: readonly AlertItem[]): string[] {
  const said = ({ state, falsePositive, falseSilence }: AlertItem) =>
    `${state}${falsePositive ? ' false' : ''}${falseSilence ? ' falsely' : ''}`;
  return items
    .filter(({ name }) => !name.includes('REST'))
    .map((item) => `${item.name} ${said(item)}`)
    .filter((text) => !text.endsWith(' inactive'));
}

const SINCE = '2026-03-01T01:00:00Z';
const down = (version: string) =>
  patched(monitored(version), 'Deployment/kube-state-metrics', {
    status: {
      readyReplicas: 0,
      conditions: [{ type: 'Available', status: 'False', lastTransitionTime: SINCE }],
    },
  });

test('a sound cluster has no alert', async () => {
  for (const version of ['v1.7.0', 'v1.9.0']) {
    const { list, exit } = await listOf(monitored(version));
    assert.equal([loud(list.items), list.decidedBy, exit], [[], 'PrometheusRule', 0]);
  }
});

test('without kube-state-metrics a working operator is called down, falsely: exit 4, and since when', async () => {
  const { report, list, exit } = await listOf(down('v1.9.0'));
  assert.equal(loud(list.items), ['VirtOperatorDown firing false', 'NoReadyVirtOperator firing false']);
  assert.equal([report.verdict, exit, list.items[0]?.since], ['healthy', 4, SINCE]);
  assert.match(list.items[0]?.why ?? '', /false, because kube-state-metrics/);
  const older = await listOf(down('v1.7.0'));
  assert.equal(loud(older.list.items), ['NoReadyVirtOperator firing false', 'LowReadyVirtOperatorsCount firing false']);
});

test('of an operator that is down an alert is true, whatever monitoring does', async () => {
  const { list } = await listOf(without(down('v1.9.0'), 'Pod'));
  assert.equal(loud(list.items).slice(0, 2), ['VirtOperatorDown pending', 'NoReadyVirtOperator pending']);
});

test('without a scrape the older expression is false, and no leader is ever missed', async () => {
  const broken = (version: string) => without(monitored(version), 'Service/kubevirt-prometheus-metrics');
  assert.equal(loud((await listOf(broken('v1.7.0'))).list.items), [
    'VirtOperatorDown pending false',
    'NoReadyVirtOperator pending false',
    'LowVirtOperatorCount pending false',
  ]);
  assert.equal(loud((await listOf(broken('v1.9.0'))).list.items), [
    'NoReadyVirtOperator pending false',
    'LowVirtOperatorCount pending false',
  ]);
  const old = { spec: { holderIdentity: 'gone', leaseDurationSeconds: 15, renewTime: '2026-03-01T01:00:00Z' } };
  const leaderless = await listOf(patched(broken('v1.7.0'), 'Lease/virt-operator', old));
  assert.ok(loud(leaderless.list.items).includes('NoLeadingVirtOperator inactive falsely'));
});

test('a policy that may or may not be honoured leaves open what it decides', async () => {
  const { list, exit } = await listOf([...monitored('v1.7.0'), policy({ podSelector: {}, policyTypes: ['Ingress'] })]);
  assert.equal(loud(list.items).slice(0, 2), ['VirtOperatorDown unknown', 'NoReadyVirtOperator unknown']);
  assert.is(exit, 0);
});

test('pods that crash silence the newer expression', async () => {
  const crashing = ['virt-operator-1-a', 'virt-operator-1-b'].map((name) => unreadyPod(name, {}));
  const { list } = await listOf([...without(monitored('v1.9.0'), 'Pod'), ...crashing]);
  assert.is(loud(list.items)[0], 'VirtOperatorDown inactive falsely');
});

test('the rule in the cluster beats the version: its names, its duration and its severity', async () => {
  const own = {
    alert: 'VirtOperatorDown',
    expr: 'kubevirt_virt_operator_up == 0',
    for: '1h30m',
    labels: { severity: 'page' },
  };
  const objects = patched(monitored('v1.9.0'), 'PrometheusRule', { spec: { groups: [{ rules: [own] }] } });
  const { list } = await listOf(objects);
  assert.equal(
    list.items.map(({ name, forMinutes, severity }) => [name, forMinutes, severity]),
    [['VirtOperatorDown', 90, 'page']],
  );
});

test('without a rule nothing can fire, and that is said', async () => {
  const { list } = await listOf(without(without(monitored('v1.9.0'), 'PrometheusRule'), 'Pod'));
  assert.match(list.items[0]?.why ?? '', /prometheus-kubevirt-rules does not exist/);
  assert.is(list.decidedBy, 'none');
  assert.equal(loud(list.items).slice(0, 2), [
    'VirtOperatorDown inactive falsely',
    'NoReadyVirtOperator inactive falsely',
  ]);
});

test('where PrometheusRules are not served, a Prometheus elsewhere may have them: the version decides', async () => {
  const group = 'monitoring.coreos.com';
  const names = ['prometheusrules', 'servicemonitors'].map((name) => `CustomResourceDefinition/${name}.${group}`);
  const kinds = ['PrometheusRule', 'ServiceMonitor', 'Deployment/kube-state-metrics', ...names];
  const unserved = without(monitored('v1.7.0'), ...kinds);
  const ask = askArchive(archiveOf(without(unserved, 'Pod')));
  const evidence = await gather(ask, { cluster: { context: null, server: null, user: null }, depth: 'all' });
  const list = alertList({ evidence, report: operatorReport(evidence) });
  assert.is(list.decidedBy, 'version');
  assert.equal(loud(list.items).slice(0, 2), ['VirtOperatorDown pending', 'NoReadyVirtOperator pending']);
  assert.is(list.items.find(({ name }) => name === 'LowVirtOperatorCount')?.state, 'pending');
});

test('who may not read the rules gets the expressions of the version, and those of all without it', async () => {
  const refused = ['/apis/monitoring.coreos.com/*'];
  const { list } = await listOf(down('v1.9.0'), refused);
  assert.equal([list.decidedBy, loud(list.items)[0]], ['version', 'VirtOperatorDown firing false']);
  const nameless = patched(down('v1.9.0'), 'Deployment/virt-operator', {
    spec: { template: { spec: { containers: [] } } },
  });
  const unversioned = await listOf(nameless, refused);
  assert.equal([unversioned.list.decidedBy, unversioned.list.items[0]?.state], ['allVersions', 'unknown']);
});

test('the rules of somebody else’s making are no reason to fall', async () => {
  for (const spec of [
    null,
    {},
    { groups: [null, { rules: null }, { rules: [null, { alert: 'VirtOperatorDown' }] }] },
  ]) {
    const { list } = await listOf(patched(monitored('v1.9.0'), 'PrometheusRule', { spec }));
    assert.is(list.decidedBy, 'PrometheusRule');
  }
});

test.run();
