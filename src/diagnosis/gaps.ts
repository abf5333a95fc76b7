import type { Evidence } from '../model/evidence.ts';
import type { Gap } from '../model/finding.ts';
import type { Node } from '../model/kubernetes.ts';
import { list } from '../objects/meta/list.ts';
import type { LeaseState } from '../objects/operator/lease.ts';
import { type Operator, workloadGaps } from '../objects/operator/operator.ts';
import { isLedByStranger, unseenHolder } from '../objects/operator/stranger.ts';
import { definitionFault } from '../objects/operator/unserved-resource.ts';
import { briefStays, endingPods } from '../objects/placement/brief-stay.ts';
import { hurriedPods } from '../objects/pod/brief-life.ts';
import { knownValue } from './evaluate.ts';

/** What virt-operator lacks: what each cause is asked to account for. `lease` is null when it could not be read. */
export function gapsOf(evidence: Evidence, operator: Operator, lease: LeaseState | null): Gap[] {
  const leaderless = operator.ready.length > 0 && !isLedByOwn(evidence, operator, lease);
  const gaps = [...workloadGaps(operator), ...(leaderless ? ['leader'] : [])];
  if (gaps.length > 0 || !operator.deployment) return gaps;
  if (isUnserved(evidence)) return ['resource'];
  return isFleeting(operator, list(knownValue(evidence, 'nodes'))) ? ['lasting'] : [];
}

/** Whether one of the Deployment's own pods leads, or nothing speaks against it. */
function isLedByOwn(evidence: Evidence, operator: Operator, lease: LeaseState | null): boolean {
  const [replicaSets, pods] = [knownValue(evidence, 'replicaSets'), knownValue(evidence, 'pods')];
  const operatorLease = knownValue(evidence, 'operatorLease');
  const seen = { deployment: operator.deployment, replicaSets, pods, operatorLease, readAt: evidence.readAt };
  return lease?.alive !== false && !isLedByStranger(operator, pods, lease) && unseenHolder(seen) === null;
}

/** Whether pods that are Ready now will be ended in some minutes, and those after them too. */
function isFleeting({ deployment, ready }: Operator, nodes: readonly Node[]): boolean {
  return hurriedPods(ready).length > 0 || endingPods(ready, briefStays(deployment, nodes)).length > 0;
}

/** Whether the API server does not serve the resource that the operator acts on: a webhook that converts it may just as well never answer. Who may not read it has its definition. */
function isUnserved({ reads: { kubevirts, kubevirtCrd } }: Evidence): boolean {
  const hasFailed = kubevirts.status === 'failed' && ['api-degraded', 'timeout'].includes(kubevirts.reason);
  const isRefused = kubevirts.status === 'forbidden' && kubevirtCrd.status === 'read';
  const isFaulty = isRefused && definitionFault(kubevirtCrd.value)?.isSure === true;
  return hasFailed || isFaulty || kubevirts.status === 'absent' || kubevirtCrd.status === 'absent';
}
