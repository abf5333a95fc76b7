import type { Deployment } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { lastWriter, writerEvidence } from '../objects/meta/managed-fields.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { secondOperators } from '../objects/operator/stranger.ts';

export default defineRule({
  code: 'second-deployment',
  rung: 'leader',
  order: 6,
  severity: 'info',
  meaning:
    'There is another Deployment with the label of virt-operator: a copy, an older installation, or the one that was scaled to 0 in favour of another.',
  impact:
    'None while it asks for no pod. Scaled up in the same namespace it asks for the same lease; in another namespace it is an operator of its own, with a lease of its own, on the same cluster.',
  evidence:
    'Certain: more than one Deployment is labelled kubevirt.io=virt-operator. Pods of it that are Ready are told as operator-duplicated. It is told beside the cause, and of several Deployments the report is about the one that asks for pods.',
  remedy: 'Find out which of them is meant to be, and delete the other.',
  commands: ['kubectl get deployments -A -l kubevirt.io=virt-operator -o wide'],
  related: ['operator-duplicated', 'deployment-scaled-to-zero', 'multiple-kubevirt'],
  needs: ['deployment', 'replicaSets', 'pods', 'operatorLease'],
  wants: ['otherDeployments'],
  evaluate(seen) {
    const { deployment } = seen;
    const running = secondOperators(seen).map(({ owner }) => owner.name);
    const isTold = (one: Deployment) => isBeside(one, deployment) && running.includes(nameOf(one));
    const others = deployment ? list(seen.otherDeployments).filter((one) => !isTold(one)) : [];
    return others.map((other) => {
      const writer = lastWriter(other, ['spec', 'replicas']);
      const source = `deployment/${nameOf(other)} spec.replicas`;
      return {
        title: titleOf(other, deployment),
        object: reference('Deployment', other),
        since: writer?.time ?? null,
        confidence: 'certain' as const,
        evidence: [
          { text: `spec.replicas is ${replicas(other)}`, source },
          ...(writer ? writerEvidence(other, writer) : []),
        ],
        explains: [],
        mitigation: {
          action: 'keep-one-operator',
          automatic: false,
          command: 'kubectl get deployments -A -l kubevirt.io=virt-operator -o wide',
        },
      };
    });
  },
});

function isBeside(one: Deployment, other: Deployment | null): boolean {
  return one.metadata?.namespace === other?.metadata?.namespace;
}

function replicas({ spec }: Deployment): number {
  return spec?.replicas ?? 1;
}

function titleOf(other: Deployment, own: Deployment | null): string {
  const where = isBeside(other, own) ? '' : ` in namespace ${other.metadata?.namespace ?? '<none>'}`;
  const count = replicas(other);
  const asked = count === 0 ? 'no pod' : `${count} ${count === 1 ? 'pod' : 'pods'}`;
  return `Deployment ${nameOf(other)}${where} is labelled as virt-operator too, and asks for ${asked}`;
}
