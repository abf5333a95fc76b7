import * as assert from 'uvu/assert';
import { operatorReport } from '../../src/commands/operator-report.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import type { TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { monitored, policy } from '../rules/monitored.ts';
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
  'pods that are well, and monitored': [
    ...patched(monitored('v1.9.0'), 'Deployment/kube-state-metrics', { status: { readyReplicas: 0 } }),
    policy({ podSelector: {}, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 8444 }] }] }),
  ],
  'pods without a node': patched([...noPods, pendingPod('virt-operator-1-a')], 'Node', {
    spec: { unschedulable: true },
  }),
};

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
