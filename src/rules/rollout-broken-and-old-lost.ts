import { defineRule } from '../model/rule.ts';
import { isControlledBy, nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';

const REVISION = 'deployment.kubernetes.io/revision';

export default defineRule({
  code: 'rollout-broken-and-old-lost',
  rung: 'deployment',
  order: 7,
  severity: 'critical',
  meaning:
    'A roll-out is stuck because its new pods do not start, and the pods of the revision before, which should have gone on, were lost too.',
  impact: 'Two things are broken at once: mending either of them brings an operator pod back.',
  evidence:
    'Certain: no operator pod is ready, the ReplicaSet of the present template has pods that are not, and an older ReplicaSet is still asked for pods. What keeps each of them down has a cause of its own; this is told beside it.',
  remedy:
    'Undo the roll-out if old and new revision are of the same KubeVirt version, or mend what keeps the old pods from coming back.',
  commands: ['kubectl -n NAMESPACE get replicasets', 'kubectl -n NAMESPACE rollout undo deployment/virt-operator'],
  related: ['image-not-found', 'crash-unexplained', 'progress-deadline-exceeded'],
  needs: ['deployment', 'replicaSets', 'pods'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const { deployment, current, ready, replicaSets, unready } = operator;
    const [old] = replicaSets.filter((one) => one !== current && (one.spec?.replicas ?? 0) > 0);
    const stuck = current ? unready.filter((pod) => isControlledBy(pod, current)) : [];
    if (!deployment || !current || !old || stuck.length === 0 || ready.length > 0) return [];
    const [name, namespace] = [nameOf(deployment), deployment.metadata?.namespace ?? ''];
    const [revision, before] = [current, old].map((one) => one.metadata?.annotations?.[REVISION] ?? nameOf(one));
    return [
      {
        title: `revision ${revision} of Deployment ${name} does not start, and the pods of revision ${before} are lost`,
        object: reference('Deployment', deployment),
        since: current.metadata?.creationTimestamp ?? null,
        confidence: 'certain',
        evidence: [
          { text: `${stuck.length} pods, none of them ready`, source: `replicaset/${nameOf(current)}` },
          { text: `${old.spec?.replicas ?? 0} pods wanted, none ready`, source: `replicaset/${nameOf(old)}` },
        ],
        explains: [],
        mitigation: {
          action: 'undo-rollout',
          automatic: false,
          command: shell`kubectl -n ${namespace} rollout undo deployment/${name}`,
        },
      },
    ];
  },
});
