import { defineRule } from '../model/rule.ts';
import { lastWriter, writerEvidence } from '../objects/meta/managed-fields.ts';
import { managerOf } from '../objects/meta/manager.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf, workloadGaps } from '../objects/operator/operator.ts';

/** Replicas of the release manifest (KubeVirt pkg/virt-operator/resource/generate/components/deployments.go NewOperatorDeployment). */
const DEFAULT_REPLICAS = 2;
/** One pod leads and the others wait: nobody needs more than one for each node of a large control plane. */
const MOST_REPLICAS = 10;

export default defineRule({
  code: 'many-replicas',
  rung: 'deployment',
  order: 8,
  severity: 'warning',
  surplus: true,
  meaning:
    'Somebody or something set the Deployment to far more replicas than it needs: one pod leads, and the others only wait to take its place.',
  impact: 'The control-plane nodes fill up with pods that do nothing, and the Deployment stays short of pods.',
  evidence:
    'Certain: spec.replicas is more than 10. It accounts for pods that are lacking where two are Ready already; with fewer it is told beside the cause. Who wrote it, and when, is read from managedFields.',
  remedy: "Scale it back to the two replicas of KubeVirt's manifest.",
  commands: [
    'kubectl -n NAMESPACE get deployment virt-operator -o yaml --show-managed-fields',
    'kubectl -n NAMESPACE scale deployment/virt-operator --replicas=2',
  ],
  related: [
    'deployment-scaled-to-zero',
    'autoscaler-to-zero',
    'insufficient-memory',
    'too-many-pods',
    'single-replica',
  ],
  needs: ['deployment', 'replicaSets', 'pods'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const { deployment, desired, ready, unread, current } = operator;
    if (!deployment || desired === null || desired <= MOST_REPLICAS) return [];
    const [name, namespace] = [nameOf(deployment), deployment.metadata?.namespace];
    const writer = lastWriter(deployment, ['spec', 'replicas']);
    const running = ready.length + unread.ready;
    const manager = managerOf(deployment);
    return [
      {
        title: `Deployment ${name} asks for ${desired} replicas, where KubeVirt's manifest asks for ${DEFAULT_REPLICAS}`,
        object: reference('Deployment', deployment),
        since: writer?.time ?? null,
        confidence: 'certain',
        evidence: [
          {
            text: `spec.replicas is ${desired}, and ${running} pods are Ready`,
            source: `deployment/${name} spec.replicas`,
          },
          ...writerEvidence(deployment, writer),
          ...(manager
            ? [{ text: `${manager.mark}: what is set ${manager.where} lasts`, source: `deployment/${name}` }]
            : []),
        ],
        explains: running >= DEFAULT_REPLICAS && current ? workloadGaps(operator) : [],
        mitigation: {
          action: 'scale-down',
          automatic: false,
          command: shell`kubectl -n ${namespace} scale deployment/${name} --replicas=${DEFAULT_REPLICAS}`,
        },
      },
    ];
  },
});
