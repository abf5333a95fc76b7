import type { EvidenceItem } from '../model/finding.ts';
import type { Autoscaler } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { eventMessage, eventsAbout, eventTime } from '../objects/meta/event.ts';
import { list } from '../objects/meta/list.ts';
import { lastWriter, writerEvidence } from '../objects/meta/managed-fields.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { autoscalersOf, floor, isPaused, scalersToZero } from '../objects/operator/autoscaler.ts';

/** Replicas of the release manifest (KubeVirt pkg/virt-operator/resource/generate/components/deployments.go NewOperatorDeployment). */
const DEFAULT_REPLICAS = 2;

export default defineRule({
  code: 'deployment-scaled-to-zero',
  rung: 'deployment',
  order: 2,
  severity: 'critical',
  meaning: 'Somebody or something set the Deployment to 0 replicas. Its status then says that all is well.',
  impact: 'No operator pod exists until it is scaled up again; nothing does that by itself.',
  evidence:
    "Certain: spec.replicas is 0. Who wrote that, and when, is read from managedFields; how many there were before from the event about it, else the two of KubeVirt's manifest are assumed.",
  remedy: 'Scale it up to what it had, once nobody needs it down for maintenance.',
  commands: [
    'kubectl -n NAMESPACE get deployment virt-operator -o yaml --show-managed-fields',
    'kubectl -n NAMESPACE scale deployment/virt-operator --replicas=2 --current-replicas=0',
  ],
  related: ['kubevirt-cr-deleting', 'autoscaler-to-zero', 'gitops-or-helm-managed', 'olm-managed'],
  needs: ['deployment'],
  wants: ['events', 'kubevirts', 'autoscalers', 'scaledObjects'],
  evaluate(seen) {
    const { deployment } = seen;
    if (deployment?.spec?.replicas !== 0) return [];
    const [name, namespace] = [nameOf(deployment), deployment.metadata?.namespace ?? ''];
    const writer = lastWriter(deployment, ['spec', 'replicas']);
    const scaled = eventsAbout(seen.events, deployment, 'ScalingReplicaSet').find((event) =>
      /^Scaled down .* to 0\b/.test(eventMessage(event)),
    );
    const before = Number(/from (\d+)/.exec(eventMessage(scaled ?? {}))?.[1] ?? DEFAULT_REPLICAS);
    const deleting = list(seen.kubevirts).filter((one) => one.metadata?.deletionTimestamp);
    return [
      {
        title: `Deployment ${name} is scaled to 0 replicas`,
        object: reference('Deployment', deployment),
        since: writer?.time ?? eventTime(scaled ?? {}),
        confidence: 'certain',
        evidence: [
          { text: 'spec.replicas is 0', source: `deployment/${name} spec.replicas` },
          ...writerEvidence(deployment, writer),
          ...(scaled ? [{ text: eventMessage(scaled), source: `deployment/${name} event ScalingReplicaSet` }] : []),
          ...autoscalersOf(deployment, seen).filter(floor).map(idleScaler),
          ...deleting.map((kubevirt) => ({
            text: 'KubeVirt is being deleted: a running operator would go on with that',
            source: `kubevirt/${nameOf(kubevirt)} metadata.deletionTimestamp`,
          })),
        ],
        explains: ['operator'],
        mitigation: {
          action: 'scale-up',
          automatic: scalersToZero(deployment, seen).length === 0,
          command: shell`kubectl -n ${namespace} scale deployment/${name} --replicas=${before} --current-replicas=0`,
        },
      },
    ];
  },
});

/** What may scale the Deployment, and leaves it at 0: who looks for the cause there is told. */
function idleScaler(one: Autoscaler): EvidenceItem {
  const source = `${one.kind?.toLowerCase()}/${nameOf(one)}`;
  if (one.kind === 'HorizontalPodAutoscaler') {
    return { text: `scales ${one.spec?.scaleTargetRef?.name}, but nothing that is at 0 replicas`, source };
  }
  if (isPaused(one)) return { text: 'paused where it is: nothing scales it up', source: `${source} metadata` };
  return { text: `wants ${floor(one)} replicas at least: KEDA does not act on it`, source: `${source} spec` };
}
