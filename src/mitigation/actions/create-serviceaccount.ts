import type { ServiceAccount } from '../../model/kubernetes.ts';
import { clusterServiceVersionOf } from '../../objects/meta/owner.ts';
import { shell } from '../../objects/meta/shell.ts';
import { known } from '../context.ts';
import type { ActionKind } from '../kind.ts';
import { nudgeAfterwards } from '../nudge.ts';
import { creation } from '../requests.ts';
import { newTarget, rightTo } from '../target.ts';

/** Creates the operator's ServiceAccount again. Its role bindings refer to it by name, so its rights come back with it. */
export const createServiceAccount: ActionKind = {
  summary: "Create virt-operator's missing ServiceAccount",
  risk: 'low',
  rights: ['create serviceaccounts', 'patch replicasets.apps'],
  reversible: true,
  lastResort: false,
  alsoFor: [],
  plan(context) {
    const { evidence, operator, namespace } = context;
    if (known(evidence, 'serviceAccount') !== null) return 'the ServiceAccount exists, or could not be looked for';
    const byOlm = clusterServiceVersionOf(operator.deployment) !== null;
    if (!byOlm && known(evidence, 'operatorClusterRoleBinding') === null) {
      return "its ClusterRoleBinding kubevirt-operator is missing too: apply the installed version's manifest, which holds both";
    }
    const name = operator.deployment?.spec?.template?.spec?.serviceAccountName || 'default';
    const target = newTarget('ServiceAccount', namespace, name);
    const object: ServiceAccount = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace, labels: { 'kubevirt.io': '' } },
    };
    return [
      {
        name: 'create-serviceaccount',
        title: `Create ServiceAccount ${name}`,
        target,
        before: null,
        request: creation('ServiceAccount', object),
        precondition: 'it still does not exist',
        risk: 'low',
        cautions: ['Pods that still run with the deleted account have tokens that are no longer valid.'],
        rights: [rightTo('create', target)],
        undo: { possible: true },
        command: shell`kubectl -n ${namespace} create serviceaccount ${name}`,
      },
      ...nudgeAfterwards(context),
    ];
  },
};
