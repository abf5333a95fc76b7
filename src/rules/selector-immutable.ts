import { defineRule } from '../model/rule.ts';
import { clusterServiceVersionOf } from '../objects/meta/owner.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import {
  foreignSelector,
  lastApplied,
  lastWritten,
  missedDeployment,
  newerVersion,
  newLabels,
} from '../objects/operator/failed-apply.ts';
import { kubevirtVersion } from '../objects/operator/installation.ts';

export default defineRule({
  code: 'selector-immutable',
  rung: 'deployment',
  order: 7,
  severity: 'warning',
  meaning:
    'A manifest was applied, and its Deployment was refused: a selector cannot be changed. What stands before the Deployment in the manifest is new, the Deployment is old.',
  impact: 'The operator stays at its old version, beside a CustomResourceDefinition and roles of a newer one.',
  evidence:
    "The CustomResourceDefinition was written after the Deployment, as by a manifest whose Deployment was refused. Likely: the Deployment has another selector than KubeVirt's, or an older version. Possible: only labels differ. It is told beside the cause.",
  remedy:
    'Apply the manifest as a dry run on the server to see the refusal. Then delete the Deployment without its pods (--cascade=orphan) and apply again.',
  commands: [
    'kubectl get deployments -A -l kubevirt.io=virt-operator -o wide',
    'kubectl -n NAMESPACE delete deployment virt-operator --cascade=orphan',
    'kubectl apply --dry-run=server -f kubevirt-operator.yaml',
  ],
  related: ['observed-generation-lag', 'kubevirt-crd-missing'],
  needs: ['deployment', 'kubevirtCrd'],
  evaluate({ deployment, kubevirtCrd, readAt }) {
    if (!deployment || !kubevirtCrd || clusterServiceVersionOf(deployment) !== null) return [];
    if (!missedDeployment(kubevirtCrd, deployment, readAt)) return [];
    const [crd, name] = [`customresourcedefinition/${nameOf(kubevirtCrd)}`, nameOf(deployment)];
    const selector = foreignSelector(deployment);
    const version = newerVersion(kubevirtCrd, kubevirtVersion({ deployment }));
    const labels = newLabels(kubevirtCrd, deployment);
    const clues = [
      ...(selector ? [{ text: `selects ${selector}`, source: `deployment/${name} spec.selector` }] : []),
      ...(version ? [{ text: `is of version ${version}`, source: `${crd} metadata.labels` }] : []),
      ...(labels.length > 0 ? [{ text: `has ${labels.join(', ')}`, source: `${crd} metadata.labels` }] : []),
    ];
    if (clues.length === 0) return [];
    const applied = lastApplied(kubevirtCrd);
    return [
      {
        title: `a manifest was applied without its Deployment ${name}: perhaps its selector was refused`,
        object: reference('Deployment', deployment),
        since: applied,
        confidence: selector || version ? 'likely' : 'possible',
        evidence: [
          { text: `written at ${applied}`, source: `${crd} metadata.managedFields` },
          { text: `last written at ${lastWritten(deployment)}`, source: `deployment/${name} metadata.managedFields` },
          ...clues,
        ],
        explains: [],
        mitigation: {
          action: 'apply-again',
          automatic: false,
          command: 'kubectl apply --dry-run=server -f kubevirt-operator.yaml',
        },
      },
    ];
  },
});
