import type { Observation } from '../model/finding.ts';
import type { Deployment } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { type FieldWriter, lastWriter, writerEvidence } from '../objects/meta/managed-fields.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import {
  type Autoscalers,
  autoscalersOf,
  floor,
  isAutoscaling,
  isPaused,
  scaledObjectBehind,
} from '../objects/operator/autoscaler.ts';

export default defineRule({
  code: 'autoscaler-to-zero',
  rung: 'deployment',
  order: 1,
  severity: 'critical',
  meaning:
    'Something that scales workloads by itself (an autoscaler, a down-scaler) keeps the Deployment at 0 replicas.',
  impact: 'No operator pod exists, and scaling up by hand does not last.',
  evidence:
    'The Deployment asks for 0 replicas. Certain: a HorizontalPodAutoscaler or ScaledObject has it for its target and may go down to 0. Likely: a ScaledObject that may not be read stands behind such a HorizontalPodAutoscaler or is paused at 0, or the replicas were written last under a name by which something scales by itself (KEDA, a down-scaler, kube-green, the controller of HorizontalPodAutoscalers).',
  remedy: 'Except virt-operator, or its namespace, from what scales it; then scale the Deployment up.',
  commands: [
    'kubectl -n NAMESPACE get deployment virt-operator -o yaml --show-managed-fields',
    'kubectl -n NAMESPACE get horizontalpodautoscaler AUTOSCALER -o yaml',
    'kubectl -n NAMESPACE get scaledobject AUTOSCALER -o yaml',
    'kubectl -n NAMESPACE scale deployment/virt-operator --replicas=2 --current-replicas=0',
  ],
  related: ['deployment-scaled-to-zero', 'gitops-or-helm-managed'],
  needs: ['deployment'],
  wants: ['autoscalers', 'scaledObjects'],
  evaluate(seen) {
    const { deployment } = seen;
    if (deployment?.spec?.replicas !== 0) return [];
    const writer = lastWriter(deployment, ['spec', 'replicas']);
    const scaler = scalerOf(deployment, seen, writer);
    if (!scaler) return [];
    const name = nameOf(deployment);
    return [
      {
        title: `${scaler.who} Deployment ${name} at 0 replicas`,
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
  /** `HorizontalPodAutoscaler x keeps`. */
  who: string;
  command: string;
  steps: string[];
}

/** The autoscaler that may go down to 0, one that stands behind another, or else the program that wrote the replicas, should it be one that scales by itself. */
function scalerOf(deployment: Deployment, seen: Autoscalers, writer: FieldWriter | null): Scaler | null {
  const [name, namespace] = [nameOf(deployment), deployment.metadata?.namespace ?? ''];
  const scaleUp = shell`kubectl -n ${namespace} scale deployment/${name} --replicas=2 --current-replicas=0`;
  const all = autoscalersOf(deployment, seen);
  const [autoscaler] = all.filter((one) => floor(one) === 0).toSorted((a, b) => +isPaused(a) - +isPaused(b));
  if (autoscaler) {
    const [kind, its] = [autoscaler.kind ?? '', nameOf(autoscaler)];
    const source = `${kind.toLowerCase()}/${its} spec`;
    const about = {
      object: reference(kind, autoscaler),
      command: shell`kubectl -n ${namespace} get ${kind.toLowerCase()} ${its} -o yaml`,
    };
    if (isPaused(autoscaler)) {
      const paused = { text: 'paused where it is, and scales nothing up', source: `scaledobject/${its} metadata` };
      return {
        ...about,
        who: `${kind} ${its}, which is paused, left`,
        confidence: 'likely',
        evidence: [{ text: `scales ${name}, down to 0`, source }, paused],
        steps: [scaleUp, `Before ScaledObject ${its} goes on, take virt-operator out of it where that is defined.`],
      };
    }
    return {
      ...about,
      who: `${kind} ${its} keeps`,
      confidence: 'certain',
      evidence: [{ text: `scales ${name}, down to 0`, source }],
      steps:
        kind === 'HorizontalPodAutoscaler'
          ? [
              shell`kubectl -n ${namespace} patch horizontalpodautoscaler ${its} --type=merge -p ${'{"spec":{"minReplicas":2}}'}`,
              scaleUp,
              `Then take virt-operator out of HorizontalPodAutoscaler ${its} where that is defined.`,
            ]
          : heldByKeda(namespace, its),
    };
  }
  const behind = all.find((one) => scaledObjectBehind(one) !== null);
  const scaledObject = behind ? scaledObjectBehind(behind) : null;
  if (behind && scaledObject !== null && !seen.scaledObjects) {
    return {
      who: `ScaledObject ${scaledObject} keeps`,
      object: { kind: 'ScaledObject', namespace, name: scaledObject },
      confidence: 'likely',
      evidence: [
        {
          text: `scales ${name}, and was made by ScaledObject ${scaledObject}: KEDA itself scales to 0`,
          source: `horizontalpodautoscaler/${nameOf(behind)} metadata.ownerReferences`,
        },
      ],
      command: shell`kubectl -n ${namespace} get scaledobject ${scaledObject} -o yaml`,
      steps: heldByKeda(namespace, scaledObject),
    };
  }
  if (!writer || !isAutoscaling(writer)) return null;
  return {
    who: `${writer.manager} keeps`,
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

function heldByKeda(namespace: string, scaledObject: string): string[] {
  return [
    'Let KEDA hold it at 2 replicas, as KubeVirt has it:',
    shell`kubectl -n ${namespace} annotate scaledobject ${scaledObject} autoscaling.keda.sh/paused-replicas=2 --overwrite`,
    `Then take virt-operator out of ScaledObject ${scaledObject} where that is defined.`,
  ];
}
