import type { KubernetesObject, KubeVirt } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import {
  awaitsOperator,
  type ForeignFinalizer,
  foreignEvidence,
  foreignFinalizers,
} from '../objects/operator/kubevirt-deletion.ts';

export default defineRule({
  code: 'kubevirt-cr-deleting',
  rung: 'install',
  order: 2,
  severity: 'warning',
  meaning: 'A KubeVirt resource is being deleted: whoever did that uninstalls KubeVirt.',
  impact:
    'As soon as an operator runs it goes on with the deletion, and removes virt-api, virt-controller and virt-handler.',
  evidence:
    "Certain: the KubeVirt resource has a deletionTimestamp; its finalizers are what the deletion waits for, its CustomResourceDefinition may be deleted with it, and its managedFields say who set one that is not KubeVirt's. It is told beside the cause and is never the cause itself.",
  remedy:
    "Find out whether KubeVirt is meant to go before the operator is brought back: a deletion cannot be taken back. A finalizer that is not KubeVirt's is taken off by whoever set it, and by hand only where that is gone for good.",
  commands: [
    'kubectl -n NAMESPACE get kubevirt KUBEVIRT -o yaml',
    'kubectl -n NAMESPACE get kubevirt KUBEVIRT -o yaml --show-managed-fields',
    `kubectl -n NAMESPACE patch kubevirt KUBEVIRT --type=merge -p '{"metadata":{"finalizers":["FINALIZER"]}}'`,
  ],
  related: ['namespace-terminating', 'deployment-scaled-to-zero', 'kubevirt-cr-webhook-deadlock'],
  needs: ['kubevirts'],
  wants: ['kubevirtCrd'],
  evaluate({ kubevirts, kubevirtCrd }) {
    const goneWith = kubevirtCrd?.metadata?.deletionTimestamp;
    return list(kubevirts).flatMap((kubevirt) => {
      const deletedAt = kubevirt.metadata?.deletionTimestamp;
      if (!deletedAt) return [];
      const [name, namespace] = [nameOf(kubevirt), kubevirt.metadata?.namespace ?? ''];
      const finalizers = list(kubevirt.metadata?.finalizers);
      const foreign = foreignFinalizers(kubevirt);
      const own = finalizers.filter((text) => !foreign.some((one) => one.name === text));
      return [
        {
          title: `KubeVirt ${namespace}/${name} is being deleted: ${prospect(kubevirt, foreign)}`,
          object: reference('KubeVirt', kubevirt),
          since: deletedAt,
          confidence: 'certain' as const,
          evidence: [
            { text: `deleted at ${deletedAt}`, source: `kubevirt/${name} metadata.deletionTimestamp` },
            ...(goneWith
              ? [
                  {
                    text: `deleted at ${goneWith}, and all KubeVirt resources with it`,
                    source: definitionOf(kubevirtCrd),
                  },
                ]
              : []),
            ...own.map((text) => ({ text, source: `kubevirt/${name} metadata.finalizers` })),
            ...foreign.map((one) => foreignEvidence(kubevirt, one)),
          ],
          explains: [],
          mitigation: {
            action: 'decide-uninstall',
            automatic: false,
            command: shell`kubectl -n ${namespace} get kubevirt ${name} -o yaml`,
            ...(foreign.length > 0 && { steps: release(kubevirt, foreign) }),
          },
        },
      ];
    });
  },
});

function definitionOf(kubevirtCrd: KubernetesObject): string {
  return `customresourcedefinition/${nameOf(kubevirtCrd)} metadata.deletionTimestamp`;
}

/** What becomes of the deletion. */
function prospect(kubevirt: KubeVirt, foreign: readonly ForeignFinalizer[]): string {
  const goesOn = 'virt-operator goes on with that whenever it runs';
  if (foreign.length === 0) return goesOn;
  const held = foreign.map((one) => one.name).join(', ');
  return awaitsOperator(kubevirt)
    ? `${goesOn}, and finalizer ${held}, not KubeVirt's, holds it even then`
    : `virt-operator is done with that, and only finalizer ${held}, not KubeVirt's, still holds it`;
}

/** Whoever set a finalizer takes it off, once what it stands for is done. By hand only its own value goes. */
function release(kubevirt: KubeVirt, foreign: readonly ForeignFinalizer[]): string[] {
  const [name, namespace] = [nameOf(kubevirt), kubevirt.metadata?.namespace ?? ''];
  const all = list(kubevirt.metadata?.finalizers);
  const kept = all.filter((text) => !foreign.some((one) => one.name === text));
  const patch = JSON.stringify({ metadata: { finalizers: kept.length > 0 ? kept : null } });
  const managers = [...new Set(foreign.flatMap(({ writer }) => writer?.manager ?? []))].join(', ');
  return [
    shell`kubectl -n ${namespace} get kubevirt ${name} -o yaml --show-managed-fields`,
    `Find out whether KubeVirt is meant to go. If so, repair what set that finalizer${managers ? ` (as ${managers})` : ''}: it takes it off when it is done.`,
    'Only where that does not exist any more, take off its finalizer, and no other:',
    shell`kubectl -n ${namespace} patch kubevirt ${name} --type=merge -p ${patch}`,
  ];
}
