import type { ChangeRequest } from '../model/change.ts';
import type { Deployment } from '../model/kubernetes.ts';
import type { RepairStep } from '../model/repair.ts';
import { nameOf } from '../objects/meta/reference.ts';

/** Events may carry so much text (Kubernetes 1.36 pkg/apis/core/validation/events.go NoteLengthLimit). */
const MOST = 1000;

/** An Event on the Deployment that says who changed what, so that the next person finds it with `kubectl describe`. */
export function mitigationEvent(
  deployment: Deployment,
  steps: readonly RepairStep[],
  user: string | null,
  now: string,
): ChangeRequest {
  const namespace = deployment.metadata?.namespace ?? '';
  const name = nameOf(deployment);
  const done = steps.filter(({ result }) => result === 'done').map(({ title }) => title);
  const body = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { generateName: `${name}.`, namespace },
    involvedObject: { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name, uid: deployment.metadata?.uid },
    type: 'Normal',
    reason: 'VirtopMitigation',
    message: `${user ?? 'somebody'} with kubectl virtop: ${done.join('; ')}`.slice(0, MOST),
    source: { component: 'kubectl-virtop' },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
  };
  return { method: 'POST', path: `/api/v1/namespaces/${namespace}/events`, contentType: 'application/json', body };
}
