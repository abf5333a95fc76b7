import type { Observation } from '../model/finding.ts';
import type { Autoscaler, Deployment } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { type FieldWriter, lastWriter, writerEvidence } from '../objects/meta/managed-fields.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { autoscalersOf, floor, isAutoscaling } from '../objects/operator/autoscaler.ts';

export default defineRule({
  code: 'autoscaler-to-zero',
  rung: 'deployment',
  order: 1,
  severity: 'critical',
  meaning:
    'Something that scales workloads by itself (an autoscaler, a down-scaler) keeps the Deployment at 0 replicas.',
  impact: 'No operator pod exists, and scaling up by hand does not last.',
  evidence:
    'The Deployment asks for 0 replicas. Certain: a HorizontalPodAutoscaler or ScaledObject has it for its target and may go down to 0. Likely: the replicas were written last under a name by which something scales by itself (KEDA, a down-scaler, kube-green, the controller of HorizontalPodAutoscalers).',
  remedy: 'Except virt-operator, or its namespace, from what scales it; then scale the Deployment up.',
  commands: [
    'kubectl -n NAMESPACE get deployment virt-operator -o yaml --show-managed-fields',
    'kubectl -n NAMESPACE get horizontalpodautoscaler AUTOSCALER -o yaml',
    'kubectl -n NAMESPACE get scaledobject AUTOSCALER -o yaml',
    'kubectl -n NAMESPACE scale deployment/virt-operator --replicas=2 --current-replicas=0',
  ],
  related: ['deployment-scaled-to-zero', 'gitops-or-helm-managed'],
  needs: ['deployment'],
  wants: ['autoscalers'],
  evaluate({ deployment, autoscalers }) {
    if (deployment?.spec?.replicas !== 0) return [];
    const writer = lastWriter(deployment, ['spec', 'replicas']);
    const scaler = scalerOf(deployment, autoscalers, writer);
    if (!scaler) return [];
    const name = nameOf(deployment);
    return [
      {
        title: `${scaler.who} keeps Deployment ${name} at 0 replicas`,
        object: scaler.object,
        since: writer?.time ?? null,
        confidence: scaler.confidence,
        evidence: [
          { text: 'spec.replicas is 0', source: `deployment/${name} spec.replicas` },
          ...scaler.evidence,
          ...writerEvidence(deployment, writer),
        ],
        explains: ['operator'],
        mitigation: {
          action: 'except-from-autoscaling',
          automatic: false,
          command: scaler.command,
          steps: scaler.steps,
        },
      },
    ];
  },
});

interface Scaler extends Pick<Observation, 'object' | 'confidence' | 'evidence'> {
  who: string;
  command: string;
  steps: string[];
}

/** The autoscaler that may go down to 0, or else the program that wrote the replicas, should it be one that scales by itself. */
function scalerOf(
  deployment: Deployment,
  autoscalers: readonly Autoscaler[] | null | undefined,
  writer: FieldWriter | null,
): Scaler | null {
  const [name, namespace] = [nameOf(deployment), deployment.metadata?.namespace ?? ''];
  const scaleUp = shell`kubectl -n ${namespace} scale deployment/${name} --replicas=2 --current-replicas=0`;
  const [autoscaler] = autoscalersOf(deployment, autoscalers).filter((one) => floor(one) === 0);
  if (autoscaler) {
    const kind = autoscaler.kind ?? '';
    const source = `${kind.toLowerCase()}/${nameOf(autoscaler)} spec`;
    return {
      who: `${kind} ${nameOf(autoscaler)}`,
      object: reference(kind, autoscaler),
      confidence: 'certain',
      evidence: [{ text: `scales ${name}, down to 0`, source }],
      command: shell`kubectl -n ${namespace} get ${kind.toLowerCase()} ${nameOf(autoscaler)} -o yaml`,
      steps:
        kind === 'HorizontalPodAutoscaler'
          ? [
              shell`kubectl -n ${namespace} patch horizontalpodautoscaler ${nameOf(autoscaler)} --type=merge -p ${'{"spec":{"minReplicas":2}}'}`,
              scaleUp,
              `Then take virt-operator out of HorizontalPodAutoscaler ${nameOf(autoscaler)} where that is defined.`,
            ]
          : [
              'Let KEDA hold it at 2 replicas, as KubeVirt has it:',
              shell`kubectl -n ${namespace} annotate scaledobject ${nameOf(autoscaler)} autoscaling.keda.sh/paused-replicas=2 --overwrite`,
              `Then take virt-operator out of ScaledObject ${nameOf(autoscaler)} where that is defined.`,
            ],
    };
  }
  if (!writer || !isAutoscaling(writer)) return null;
  return {
    who: writer.manager,
    object: reference('Deployment', deployment),
    confidence: 'likely',
    evidence: [],
    command: shell`kubectl -n ${namespace} get deployment ${name} -o yaml --show-managed-fields`,
    steps: [
      shell`kubectl -n ${namespace} get deployment ${name} -o yaml --show-managed-fields`,
      `Except Deployment ${name}, or namespace ${namespace}, in the settings of ${writer.manager}; it would scale it down again. Then:`,
      scaleUp,
    ],
  };
}
