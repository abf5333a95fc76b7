import type { PriorityClass } from '../../model/kubernetes.ts';
import { shell } from '../../objects/meta/shell.ts';
import { known } from '../context.ts';
import type { ActionKind } from '../kind.ts';
import { nudgeAfterwards } from '../nudge.ts';
import { creation } from '../requests.ts';
import { newTarget, rightTo } from '../target.ts';

/** As KubeVirt's manifest has it (KubeVirt v1.9.0 manifests/generated/kubevirt-priority-class.yaml.in). */
const NAME = 'kubevirt-cluster-critical';
const KUBEVIRTS: PriorityClass = {
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name: NAME },
  value: 1000000000,
  globalDefault: false,
  description: 'This priority class should be used for core kubevirt components only.',
};

/** Creates the PriorityClass that the operator's pods name. */
export const createPriorityClass: ActionKind = {
  summary: "Create KubeVirt's missing PriorityClass",
  risk: 'low',
  rights: ['create priorityclasses.scheduling.k8s.io', 'patch replicasets.apps'],
  reversible: true,
  lastResort: false,
  alsoFor: [],
  plan(context) {
    const { evidence, operator } = context;
    if (known(evidence, 'priorityClass') !== null) return 'the PriorityClass exists, or could not be looked for';
    const name = operator.deployment?.spec?.template?.spec?.priorityClassName;
    if (name !== NAME) return `PriorityClass ${name} is not KubeVirt's own: its value is not known`;
    const target = newTarget('PriorityClass', null, NAME);
    return [
      {
        name: 'create-priorityclass',
        title: `Create PriorityClass ${name}, as KubeVirt's manifest has it`,
        target,
        before: null,
        request: creation('PriorityClass', KUBEVIRTS),
        precondition: 'it still does not exist',
        risk: 'low',
        cautions: [],
        rights: [rightTo('create', target)],
        undo: { possible: true },
        command: shell`kubectl create priorityclass ${name} --value=${KUBEVIRTS.value}`,
      },
      ...nudgeAfterwards(context),
    ];
  },
};
