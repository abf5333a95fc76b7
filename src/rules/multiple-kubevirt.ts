import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { reference } from '../objects/meta/reference.ts';

export default defineRule({
  code: 'multiple-kubevirt',
  rung: 'leader',
  order: 1,
  severity: 'warning',
  meaning:
    'There is more than one KubeVirt resource, or it lies in another namespace than the operator, which then ignores it.',
  impact:
    'The operator runs and leads, but installs and updates nothing until one resource is left, in its own namespace.',
  evidence:
    'Certain: there is more than one KubeVirt resource in all namespaces, or one outside of the namespace of the Deployment. It is told beside the cause.',
  remedy: 'Keep the KubeVirt resource in the namespace of virt-operator; delete the others while the operator runs.',
  commands: ['kubectl get kubevirts -A', 'kubectl -n NAMESPACE delete kubevirt KUBEVIRT'],
  related: ['kubevirt-cr-webhook-deadlock'],
  needs: ['deployment', 'kubevirts'],
  evaluate({ deployment, kubevirts }) {
    const home = deployment?.metadata?.namespace;
    const all = list(kubevirts);
    const strangers = all.filter((one) => one.metadata?.namespace !== home);
    const [first] = strangers.length > 0 ? strangers : all;
    if (!home || !first || (all.length < 2 && strangers.length === 0)) return [];
    const names = all.map((one) => `${one.metadata?.namespace ?? ''}/${one.metadata?.name ?? ''}`);
    return [
      {
        title:
          all.length > 1
            ? `there are ${all.length} KubeVirt resources, and virt-operator takes only one: ${names.join(', ')}`
            : `KubeVirt ${names[0]} is not in namespace ${home} of virt-operator, which ignores it`,
        object: reference('KubeVirt', first),
        since: first.metadata?.creationTimestamp ?? null,
        confidence: 'certain',
        evidence: names.map((name) => ({ text: name, source: 'kubevirts in all namespaces' })),
        explains: [],
        mitigation: { action: 'keep-one-kubevirt', automatic: false, command: 'kubectl get kubevirts -A' },
      },
    ];
  },
});
