import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';

export default defineRule({
  code: 'kubevirt-cr-deleting',
  rung: 'install',
  order: 2,
  severity: 'warning',
  meaning: 'A KubeVirt resource is being deleted: whoever did that uninstalls KubeVirt.',
  impact:
    'As soon as an operator runs it goes on with the deletion, and removes virt-api, virt-controller and virt-handler.',
  evidence:
    'Certain: the KubeVirt resource has a deletionTimestamp; its finalizers are what the deletion waits for. It is told beside the cause and is never the cause itself.',
  remedy:
    'Find out whether KubeVirt is meant to go before the operator is brought back: a deletion cannot be taken back.',
  commands: ['kubectl -n NAMESPACE get kubevirt KUBEVIRT -o yaml'],
  related: ['namespace-terminating', 'deployment-scaled-to-zero', 'kubevirt-cr-webhook-deadlock'],
  needs: ['kubevirts'],
  evaluate({ kubevirts }) {
    return list(kubevirts).flatMap((kubevirt) => {
      const deletedAt = kubevirt.metadata?.deletionTimestamp;
      if (!deletedAt) return [];
      const [name, namespace] = [nameOf(kubevirt), kubevirt.metadata?.namespace ?? ''];
      const finalizers = list(kubevirt.metadata?.finalizers);
      return [
        {
          title: `KubeVirt ${namespace}/${name} is being deleted: a running operator would go on with that`,
          object: reference('KubeVirt', kubevirt),
          since: deletedAt,
          confidence: 'certain' as const,
          evidence: [
            { text: `deleted at ${deletedAt}`, source: `kubevirt/${name} metadata.deletionTimestamp` },
            ...finalizers.map((text) => ({ text, source: `kubevirt/${name} metadata.finalizers` })),
          ],
          explains: [],
          mitigation: {
            action: 'decide-uninstall',
            automatic: false,
            command: shell`kubectl -n ${namespace} get kubevirt ${name} -o yaml`,
          },
        },
      ];
    });
  },
});
