import { object, operatorPod, type TestObject } from '../helpers/cluster.ts';
import { diagnosisOf, installed, patched, pendingPod, without } from './outage.ts';

const NAMES = ['virt-operator-1-a', 'virt-operator-1-b'];

/** A cluster whose two operator pods wait for a node, with the scheduler's words. */
export function waiting(message?: string): TestObject[] {
  return [...without(installed(), 'Pod'), ...NAMES.map((name) => pendingPod(name, message))];
}

/** The objects with a patch merged into both nodes that may run the operator. */
export function onBoth(objects: readonly TestObject[], patch: object): TestObject[] {
  return patched(patched(objects, 'Node/cp-0', patch), 'Node/cp-1', patch);
}

/** Taints that controllers set, by the ends of their keys. */
export function tainted(...keys: string[]): object {
  return { spec: { taints: keys.map((key) => ({ key: `node.kubernetes.io/${key}`, effect: 'NoSchedule' })) } };
}

/** A node that says this of itself. */
export function saying(type: string, status: string, reason = '', message = ''): object {
  const ready = type === 'Ready' ? [] : [{ type: 'Ready', status: 'True' }];
  const said = { type, status, reason, message, lastTransitionTime: '2026-03-01T02:30:00Z' };
  return { status: { conditions: [...ready, said] } };
}

/** Code and title of each cause. */
export async function titles(objects: TestObject[]): Promise<string[][]> {
  return (await diagnosisOf(objects)).causes.map(({ code, title }) => [code, title]);
}

/** A pod of some other workload. */
export function otherPod(name: string, nodeName: string, more: object = {}): TestObject {
  const spec = { nodeName, containers: [{ name: 'x' }], ...more };
  const metadata = { name, namespace: 'other', labels: { app: 'other' } };
  return object('v1', 'Pod', metadata, { spec, status: { phase: 'Running' } });
}

/** An operator pod that its kubelet ended or refused. */
export function failedPod(
  name: string,
  { reason, message, at = '2026-03-01T02:58:00Z' }: { reason: string; message: string; at?: string },
  nodeName = 'cp-0',
): TestObject {
  const pod = operatorPod(name, nodeName, 'kubevirt', { status: { phase: 'Failed', reason, message } });
  return { ...pod, metadata: { ...pod.metadata, creationTimestamp: at } };
}
