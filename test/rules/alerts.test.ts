import * as assert from 'uvu/assert';
import { object, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { kubeStateMetrics, monitored, policy } from './monitored.ts';
import { answer, codesOf, crashingPod, diagnosisOf, patched, without } from './outage.ts';

const test = suite('rules about alerts');
const VERSION = 'v1.9.0';
const KSM = 'Deployment/kube-state-metrics';
const healthy = (...findings: string[]) => ({ verdict: 'healthy', causes: [], findings });
const withKsm = (...others: TestObject[]) => [...without(monitored(VERSION), KSM), ...others];

test('a cluster that is well monitored says nothing', async () => {
  for (const version of ['v1.7.0', VERSION, 'v1.10.0']) assert.equal(await answer(monitored(version)), healthy());
});

test('kube-state-metrics: not ready, absent, a StatefulSet, or told to leave pods out', async () => {
  const unready = patched(monitored(VERSION), KSM, { status: { readyReplicas: 0 } });
  assert.equal(await answer(unready), healthy('alert-ksm-down certain'));
  assert.equal(await answer(withKsm()), healthy('alert-ksm-down possible'));
  assert.equal(await answer(withKsm({ ...kubeStateMetrics(), kind: 'StatefulSet' })), healthy());
  for (const flag of ['--namespaces=default,other', '--namespaces-denylist=kubevirt', '--resources=nodes,services']) {
    assert.equal(await answer(withKsm(kubeStateMetrics(flag))), healthy('alert-ksm-down certain'), flag);
  }
  for (const flag of ['--namespaces=kubevirt', '--resources=pods,nodes', '--namespaces=']) {
    assert.equal(await answer(withKsm(kubeStateMetrics(flag))), healthy(), flag);
  }
});

test('one of several kube-state-metrics is enough', async () => {
  const other = patched([kubeStateMetrics('--namespaces=other')], 'Deployment', { metadata: { namespace: 'second' } });
  assert.equal(await answer([...monitored(VERSION), ...other]), healthy());
});

test('a scrape is broken without Service, label or ServiceMonitor', async () => {
  const service = without(monitored(VERSION), 'Service/kubevirt-prometheus-metrics');
  assert.equal(await answer(service), healthy('alert-scrape-broken certain'));
  const label = patched(monitored(VERSION), 'Pod/virt-operator-1-a', {
    metadata: { labels: { 'prometheus.kubevirt.io': null } },
  });
  assert.equal(await answer(label), healthy('alert-scrape-broken certain'));
  const monitor = without(monitored(VERSION), 'ServiceMonitor');
  assert.equal(await answer(monitor), healthy('alert-scrape-broken likely'));
  const elsewhere = { spec: { namespaceSelector: { matchNames: ['other'] } } };
  assert.equal(
    await answer(patched(monitored(VERSION), 'ServiceMonitor', elsewhere)),
    healthy('alert-scrape-broken likely'),
  );
  const any = { spec: { namespaceSelector: { any: true, matchNames: null } } };
  assert.equal(await answer(patched(monitored(VERSION), 'ServiceMonitor', any)), healthy());
});

test('a closed port is told of once for each use', async () => {
  const deny = policy({ podSelector: {}, policyTypes: ['Ingress'] });
  const webhook = policy({ podSelector: {}, ingress: [{ ports: [{ port: 8444 }] }] }, 'webhook');
  const both = ['networkpolicy-blocks likely', 'networkpolicy-blocks likely'];
  assert.equal(await answer([...monitored(VERSION), deny]), healthy(...both));
  assert.equal(await answer([...monitored(VERSION), deny, webhook]), healthy('networkpolicy-blocks likely'));
  const all = policy({ podSelector: {}, ingress: [{}] }, 'all');
  assert.equal(await answer([...monitored(VERSION), deny, all]), healthy());
});

test('a policy that keeps pods from the API server stands with the crash that it explains', async () => {
  const message =
    'Error determining cluster type: Get "https://10.96.0.1:443/api?timeout=32s": dial tcp 10.96.0.1:443: i/o timeout';
  const pods = ['virt-operator-1-a', 'virt-operator-1-b'].map((name, index) =>
    crashingPod(name, { message }, `cp-${index}`),
  );
  const closed = policy({ podSelector: {}, policyTypes: ['Egress'] });
  const cut = [...without(monitored(VERSION), 'Pod'), ...pods];
  const { causes, findings } = await diagnosisOf([...cut, closed]);
  assert.is(causes[0]?.code, 'crash-api-unreachable');
  assert.match(causes[0]?.evidence[0]?.text ?? '', /no egress rule admits the API server/);
  assert.equal(
    findings.map(({ code, confidence }) => `${code} ${confidence}`),
    ['networkpolicy-blocks likely', 'running-not-ready certain'],
  );
  assert.not.ok((await codesOf(cut)).includes('networkpolicy-blocks'));
  const panics = pods.map((_, index) =>
    crashingPod(`virt-operator-1-${'ab'[index]}`, { exitCode: 2, message: 'panic: boom' }),
  );
  const other = [...without(monitored(VERSION), 'Pod'), ...panics, closed];
  assert.not.ok((await codesOf(other)).includes('networkpolicy-blocks'), 'nothing says that it lacks the API server');
});

test('no rule is a finding where PrometheusRules are served, and KubeVirt is', async () => {
  const noRule = without(monitored(VERSION), 'PrometheusRule');
  assert.equal(await answer(noRule), healthy('no-alert-rules certain'));
  const crds = ['prometheusrules', 'servicemonitors'].map(
    (name) => `CustomResourceDefinition/${name}.monitoring.coreos.com`,
  );
  assert.equal(await answer(without(noRule, 'ServiceMonitor', ...crds)), healthy());
});

test('rules of another version are told of, also of a newer one', async () => {
  const ruled = (rules: string, version: string) => {
    const [rule] = monitored(rules).filter(({ kind }) => kind === 'PrometheusRule');
    return [...without(monitored(version), 'PrometheusRule'), ...(rule ? [rule] : [])];
  };
  assert.equal(await answer(ruled('v1.7.0', 'v1.9.0')), healthy('old-alert-name certain'));
  assert.equal(await answer(ruled('v1.9.0', 'v1.8.3')), healthy('old-alert-name certain'));
  assert.equal(await answer(ruled('v1.1.0', 'v1.8.2')), healthy());
});

test('pods that run and are not Ready are told of where the alert about pods counts phases', async () => {
  const pods = ['virt-operator-1-a', 'virt-operator-1-b'].map((name) => crashingPod(name, { message: 'panic: boom' }));
  const crashing = (version: string) => [...without(monitored(version), 'Pod'), ...pods];
  const told = async (objects: TestObject[]) => (await codesOf(objects)).includes('running-not-ready');
  assert.ok(await told(crashing('v1.9.0')));
  assert.not.ok(await told(crashing('v1.7.0')), 'it counts scrapes there');
  assert.not.ok(await told(monitored('v1.9.0')), 'they are Ready');
  const group = ['prometheusrules', 'servicemonitors'].map(
    (name) => `CustomResourceDefinition/${name}.monitoring.coreos.com`,
  );
  const unserved = without(crashing('v1.9.0'), 'PrometheusRule', 'ServiceMonitor', ...group);
  assert.ok(await told(unserved), 'the version tells where no rule is served');
});

test('in an outage nothing is asked about monitoring but the rule and what may silence it', async () => {
  const strategyPod = object(
    'v1',
    'Pod',
    {
      name: 'virt-operator-install-strategy-x',
      namespace: 'kubevirt',
      labels: { 'kubevirt.io': 'virt-operator-strategy-dumper' },
    },
    { status: { phase: 'Running' } },
  );
  const objects = [...without(withKsm(), 'Pod', 'Service', 'ServiceMonitor'), strategyPod];
  const codes = await codesOf(objects);
  assert.equal(
    codes.filter((code) => /alert|install-strategy|networkpolicy/.test(code)),
    ['install-strategy-pod-masks'],
  );
});

test.run();
