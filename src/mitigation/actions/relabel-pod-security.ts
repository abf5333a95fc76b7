import { shell } from '../../objects/meta/shell.ts';
import { known } from '../context.ts';
import type { ActionKind } from '../kind.ts';
import { nudgeAfterwards } from '../nudge.ts';
import { mergePatch } from '../requests.ts';
import { rightTo, targetOf } from '../target.ts';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** Sets the pod security level of KubeVirt's namespace to what KubeVirt's own manifest sets: virt-handler needs it in any case. */
export const relabelPodSecurity: ActionKind = {
  summary: "Set the namespace's pod security level to privileged, as KubeVirt's manifest has it",
  risk: 'medium',
  rights: ['patch namespaces', 'patch replicasets.apps'],
  reversible: true,
  lastResort: false,
  alsoFor: ['podsecurity-denied'],
  plan(context) {
    const namespace = known(context.evidence, 'namespace');
    if (!namespace) return 'the namespace could not be read';
    if (namespace.metadata?.labels?.[ENFORCE] === 'privileged') return 'the namespace enforces no level already';
    const target = targetOf('Namespace', namespace);
    const dedicated = namespace.metadata?.labels?.['kubevirt.io'] !== undefined;
    return [
      {
        name: 'relabel-pod-security',
        title: `Label namespace ${target.name} ${ENFORCE}=privileged`,
        target,
        before: namespace,
        request: mergePatch(target, namespace, { metadata: { labels: { [ENFORCE]: 'privileged' } } }),
        precondition: 'nobody changed it since it was read',
        risk: 'medium',
        cautions: [
          'Pods in this namespace are then no longer held to a pod security standard.',
          ...(dedicated ? [] : ["The namespace does not carry KubeVirt's label: see what else runs in it."]),
        ],
        rights: [rightTo('patch', target)],
        undo: { possible: true },
        command: shell`kubectl label namespace ${target.name} ${ENFORCE}=privileged --overwrite`,
      },
      ...nudgeAfterwards(context),
    ];
  },
};
