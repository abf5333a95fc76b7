import { defineRule } from '../model/rule.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';

/** Kubernetes 1.36 plugin/pkg/admission/imagepolicy/admission.go; its webhookError hands on what the connection says. */
const UNANSWERED = /Error contacting webhook: \d+|is forbidden: Post "https?:/;
const REFUSED = new RegExp(
  `image policy webhook backend denied one or more images|one or more images rejected by webhook backend|${UNANSWERED.source}`,
);

export default defineRule({
  code: 'imagepolicy-denied',
  rung: 'replicaset',
  order: 110,
  severity: 'critical',
  meaning:
    "The API server asks an image policy service (its ImagePolicyWebhook plugin) about every pod's images, and that refuses them or does not answer.",
  impact: 'Lost operator pods are not replaced.',
  evidence:
    'Likely: the newest failure to create operator pods has the words of the ImagePolicyWebhook plugin. Its settings are a file of kube-apiserver, which no request can read.',
  remedy:
    "Allow the operator's image in that service, or repair it. It is set up in the API server's admission configuration, not in the cluster.",
  commands: [
    'kubectl -n NAMESPACE describe replicaset REPLICASET',
    'kubectl -n NAMESPACE describe deployment virt-operator',
  ],
  related: ['vap-denied', 'webhook-denied', 'image-signature'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    const said = blocked ? words(blocked, REFUSED) : [];
    if (!blocked || said.length === 0) return [];
    const { namespace, template, gaps } = blocked;
    const name = nameOf(seen.deployment);
    const image = template.spec?.containers?.[0]?.image ?? 'of virt-operator';
    return [
      {
        title: UNANSWERED.test(said[0]?.text ?? '')
          ? "the API server's image policy service does not answer, and pods may not be created without it"
          : `the API server's image policy does not let image ${image} in`,
        object: { kind: 'Deployment', namespace, name },
        since: saidSince(blocked, said),
        confidence: 'likely',
        evidence: said,
        explains: gaps,
        told: true,
        mitigation: {
          action: 'allow-image',
          automatic: false,
          command: shell`kubectl -n ${namespace} describe deployment ${name}`,
        },
      },
    ];
  },
});
