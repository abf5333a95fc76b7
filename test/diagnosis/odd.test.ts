import * as assert from 'uvu/assert';
import { operatorReport } from '../../src/commands/operator-report.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import { caBundle, FORMER, PRESENT } from '../helpers/authority.ts';
import { object, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import {
  crashingPod,
  evidenceOf,
  failedCreate,
  installed,
  patched,
  pendingPod,
  pullFailingPod,
  without,
} from '../rules/outage.ts';

const test = suite('odd objects');
const ODD = [null, 7];
const noPods = without(installed(), 'Pod');

const CLUSTERS: Record<string, TestObject[]> = {
  'pods that are not created': [
    ...noPods,
    failedCreate('exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2'),
  ],
  'pods that crash or do not start': [
    ...noPods,
    crashingPod('virt-operator-1-a', {}),
    pullFailingPod('virt-operator-1-b', 'x'),
  ],
  'pods without a node': patched([...noPods, pendingPod('virt-operator-1-a')], 'Node', {
    spec: { unschedulable: true },
  }),
};

const service = { name: 'virt-api', namespace: 'kubevirt' };
const clientConfig = { service, caBundle: caBundle(FORMER) };
CLUSTERS['other parts of KubeVirt'] = [
  ...patched(noPods, 'Deployment', { metadata: { deletionTimestamp: '2026-03-01T01:00:00Z', finalizers: ['orphan'] } }),
  object('apps/v1', 'Deployment', { name: 'virt-api', namespace: 'kubevirt', labels: { 'kubevirt.io': 'virt-api' } }),
  object('apps/v1', 'DaemonSet', { name: 'virt-handler', namespace: 'kubevirt' }, { status: { numberReady: 1 } }),
  object('v1', 'ConfigMap', { name: 'kubevirt-ca', namespace: 'kubevirt' }, { data: { 'ca-bundle': PRESENT } }),
  object(
    'admissionregistration.k8s.io/v1',
    'ValidatingWebhookConfiguration',
    { name: 'virt-operator-validator' },
    { webhooks: [{ name: 'x', clientConfig }] },
  ),
  object(
    'apiregistration.k8s.io/v1',
    'APIService',
    { name: 'v1.subresources.kubevirt.io' },
    {
      spec: clientConfig,
      status: { conditions: [{ type: 'Available', status: 'False', reason: 'MissingEndpoints' }] },
    },
  ),
];

type Path = readonly string[];

/** Every place in a value, outermost first. */
function paths(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...at, key], ...paths(inner, [...at, key])]);
}

/** The value with something else in one place; all else is shared with it. */
function replaced(value: unknown, [head, ...rest]: Path, odd: unknown): unknown {
  if (head === undefined) return odd;
  const changed = replaced((value as Record<string, unknown>)[head], rest, odd);
  if (Array.isArray(value)) return value.with(Number(head), changed);
  return { ...(value as object), [head]: changed };
}

/** All below a read's value, of a list its first item; the value itself has the shape that the reading room vouches for. */
function places(evidence: Evidence): Path[] {
  return Object.entries(evidence.reads).flatMap(([key, read]) => {
    if (read.status !== 'read') return [];
    const isList = Array.isArray(read.value);
    const inside = paths(read.value).filter((path) => !isList || (path[0] === '0' && path.length > 1));
    return inside.map((path) => ['reads', key, 'value', ...path]);
  });
}

for (const [name, objects] of Object.entries(CLUSTERS)) {
  test(`${name}: no odd field stops the diagnosis`, async () => {
    const evidence = await evidenceOf(objects);
    for (const path of places(evidence)) {
      for (const odd of ODD) {
        const report = operatorReport(replaced(evidence, path, odd) as Evidence);
        assert.ok(report.verdict, path.join('.'));
      }
    }
  });
}

test.run();
