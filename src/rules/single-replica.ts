import { defineRule } from '../model/rule.ts';
import { lastWriter, writerEvidence } from '../objects/meta/managed-fields.ts';
import { marksOf } from '../objects/meta/manager.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';

export default defineRule({
  code: 'single-replica',
  rung: 'leader',
  order: 4,
  severity: 'info',
  meaning:
    "The Deployment asks for one replica, where KubeVirt's manifest asks for two. In most versions LowVirtOperatorCount then fires after an hour.",
  impact: 'Nothing takes over while the only pod is moved, restarted or lost.',
  evidence:
    'Certain: spec.replicas is 1 and the cluster has more than one node. Who wrote that, and when, is read from managedFields. It is told beside the cause, and not where Harvester installed it, which wants one.',
  remedy: 'Scale it to 2, where its owner does not set 1 again.',
  commands: [
    'kubectl -n NAMESPACE get deployment virt-operator -o yaml --show-managed-fields',
    'kubectl -n NAMESPACE scale deployment/virt-operator --replicas=2 --current-replicas=1',
  ],
  related: ['deployment-scaled-to-zero', 'both-replicas-on-one-node', 'gitops-or-helm-managed', 'olm-managed'],
  needs: ['deployment', 'nodeOverview'],
  evaluate({ deployment, nodeOverview }) {
    const isMeant = marksOf(deployment).some(({ tool }) => tool === 'Harvester');
    if (!deployment || (deployment.spec?.replicas ?? 1) !== 1 || (nodeOverview?.total ?? 0) < 2 || isMeant) return [];
    const [name, namespace] = [nameOf(deployment), deployment.metadata?.namespace ?? ''];
    const writer = lastWriter(deployment, ['spec', 'replicas']);
    return [
      {
        title: `Deployment ${name} asks for 1 replica only: nothing takes over when its pod is lost`,
        object: reference('Deployment', deployment),
        since: writer?.time ?? null,
        confidence: 'certain',
        evidence: [
          { text: 'spec.replicas is 1', source: `deployment/${name} spec.replicas` },
          ...writerEvidence(deployment, writer),
        ],
        explains: [],
        mitigation: {
          action: 'scale-to-two',
          automatic: false,
          command: shell`kubectl -n ${namespace} scale deployment/${name} --replicas=2 --current-replicas=1`,
        },
      },
    ];
  },
});
