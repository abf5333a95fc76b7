import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf, workloadGaps } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'namespace-terminating',
  rung: 'namespace',
  order: 1,
  severity: 'critical',
  meaning:
    "The operator's namespace is being deleted: the API server refuses new pods there, and no controller says so.",
  impact: 'The operator does not come back, and KubeVirt may be on its way out of the cluster.',
  evidence:
    "Certain: the namespace has the phase Terminating or a deletionTimestamp. Its conditions that are True say what the deletion waits for; a KubeVirt resource in it together with virt-operator's own webhook means that the two wait for each other.",
  remedy:
    'A terminating namespace cannot be revived. Back up KubeVirt and VirtualMachine resources, remove what holds the deletion (see the conditions), let it finish and install again.',
  commands: [
    'kubectl get namespace NAMESPACE -o yaml',
    'kubectl -n NAMESPACE get kubevirt KUBEVIRT -o yaml > kubevirt.yaml',
    'kubectl delete validatingwebhookconfiguration WEBHOOK',
    'kubectl -n NAMESPACE patch kubevirt KUBEVIRT --type=merge -p \'{"metadata":{"finalizers":null}}\'',
  ],
  related: [
    'aggregated-api-down',
    'kubevirt-cr-deleting',
    'namespace-missing',
    'deployment-deleting',
    'kubevirt-cr-webhook-deadlock',
  ],
  needs: ['namespace'],
  wants: ['deployment', 'replicaSets', 'pods', 'kubevirts', 'operatorWebhook'],
  evaluate(seen) {
    const { namespace } = seen;
    const deletedAt = namespace?.metadata?.deletionTimestamp ?? null;
    if (!namespace || (namespace.status?.phase !== 'Terminating' && !deletedAt)) return [];
    const name = nameOf(namespace);
    const holding = list(namespace.status?.conditions)
      .filter((one) => one.status === 'True')
      .sort((a, b) => (a.type ?? '').localeCompare(b.type ?? '', 'en'));
    const [kubevirt] = list(seen.kubevirts).filter((one) => one.metadata?.namespace === name);
    const deadlock = kubevirt !== undefined && !!seen.operatorWebhook;
    return [
      {
        title: `namespace ${name} is being deleted`,
        object: reference('Namespace', namespace),
        since: deletedAt,
        confidence: 'certain',
        evidence: [
          { text: `phase ${namespace.status?.phase ?? 'unknown'}`, source: `namespace/${name} status.phase` },
          ...holding.map((one) => ({
            text: one.message ?? one.reason ?? '',
            source: `namespace/${name} status.conditions[${one.type ?? ''}]`,
          })),
        ],
        explains: workloadGaps(operatorOf(seen)),
        mitigation: {
          action: 'finish-namespace-deletion',
          automatic: false,
          ...(deadlock
            ? stepsFor(name, nameOf(kubevirt), nameOf(seen.operatorWebhook))
            : { command: shell`kubectl get namespace ${name} -o yaml` }),
        },
      },
    ];
  },
});

/** The KubeVirt resource waits for the operator, which cannot come back, and the operator's webhook refuses every change of it. */
function stepsFor(namespace: string, kubevirt: string, webhook: string): { command: string; steps: string[] } {
  const save = shell`kubectl -n ${namespace} get kubevirt ${kubevirt} -o yaml > kubevirt.yaml`;
  const steps = [
    'A terminating namespace cannot be revived. Save what is in it, and the virtual machines:',
    save,
    'kubectl get virtualmachines -A -o yaml > virtualmachines.yaml',
    'Only once that is saved, let the deletion finish, and install again:',
    shell`kubectl delete validatingwebhookconfiguration ${webhook}`,
    shell`kubectl -n ${namespace} patch kubevirt ${kubevirt} --type=merge -p '{"metadata":{"finalizers":null}}'`,
  ];
  return { command: save, steps };
}
