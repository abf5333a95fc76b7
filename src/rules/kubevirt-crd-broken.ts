import { defineRule } from '../model/rule.ts';
import { neverLed } from '../objects/container/idle.ts';
import { reference } from '../objects/meta/reference.ts';
import { leaderState } from '../objects/operator/leader.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { definitionFault } from '../objects/operator/unserved-resource.ts';

export default defineRule({
  code: 'kubevirt-crd-broken',
  rung: 'install',
  order: 2,
  severity: 'critical',
  meaning:
    'The definition of the KubeVirt resource exists, but the API server cannot serve the resource: the definition is not established, lacks the version that is asked for, or has its objects converted by a webhook that fails.',
  impact:
    'virt-operator cannot read the resource that it acts on. One that starts now becomes Ready and waits for ever; one that leads goes on with what it knows. Garbage collection in the whole cluster may stop too.',
  evidence:
    'Certain: KubeVirt resources are not served, and the CustomResourceDefinition is not established or does not serve v1. Likely: reading them failed, a webhook converts them, and objects may be stored in another version than v1. It is the cause where none of the Ready pods has led since it started, or nothing else is wrong.',
  remedy:
    "Make the webhook answer again. KubeVirt's own definition has none: with strategy None the API server converts by itself.",
  commands: [
    'kubectl get kubevirts -A',
    'kubectl get customresourcedefinition kubevirts.kubevirt.io -o yaml',
    `kubectl patch customresourcedefinition kubevirts.kubevirt.io --type=merge -p '{"spec":{"conversion":{"strategy":"None","webhook":null}}}'`,
  ],
  related: ['kubevirt-crd-missing', 'informers-never-sync', 'api-degraded', 'gc-lag', 'no-leader'],
  needs: ['deployment', 'kubevirtCrd'],
  wants: ['kubevirts', 'replicaSets', 'pods', 'operatorLease'],
  evaluate(seen) {
    const { deployment, kubevirtCrd, kubevirts } = seen;
    const fault = kubevirtCrd && !kubevirts ? definitionFault(kubevirtCrd) : null;
    const isSeen = fault?.isSure || !seen.forbidden.includes('kubevirts');
    if (!deployment || !kubevirtCrd || !fault || !isSeen) return [];
    const { ready } = operatorOf(seen);
    const waits = neverLed(ready, leaderState(seen.operatorLease, seen.pods, seen.readAt));
    return [
      {
        title: `KubeVirt resources cannot be read: their CustomResourceDefinition ${fault.title}`,
        object: reference('CustomResourceDefinition', kubevirtCrd),
        since: null,
        confidence: fault.isSure ? 'certain' : 'likely',
        evidence: fault.evidence,
        explains: ['resource', ...(waits ? ['leader'] : [])],
        mitigation: {
          action: 'repair-crd',
          automatic: false,
          command: 'kubectl get customresourcedefinition kubevirts.kubevirt.io -o yaml',
        },
      },
    ];
  },
});
