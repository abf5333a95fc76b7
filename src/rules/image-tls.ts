import { defineRule } from '../model/rule.ts';
import { pullObservations, registryOf } from '../objects/container/image-pull.ts';
import { lookAtNodes, nodesOf } from '../objects/container/pod-failure.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'image-tls',
  rung: 'container-start',
  order: 37,
  severity: 'critical',
  meaning:
    'The node and the registry do not agree on TLS: a certificate authority that the node does not know, a certificate that expired, a wrong clock, or a registry that speaks plain HTTP.',
  impact: 'No operator pod starts on a node that does not hold the image already.',
  evidence:
    "Likely: the runtime's words about the pull are about certificates (x509), TLS, or an answer in plain HTTP.",
  remedy:
    "Renew the registry's certificate, or give the nodes its certificate authority (containerd: /etc/containerd/certs.d; OpenShift: additionalTrustedCA).",
  commands: ['kubectl -n NAMESPACE describe pod POD', 'kubectl describe node NODE'],
  related: ['clock-skew', 'image-dns', 'image-network'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    return pullObservations(operatorOf(seen), seen.events, 'image-tls', {
      title: ({ image }, all) => `${nodesOf(all)} cannot open a TLS connection to registry ${registryOf(image)}`,
      mitigation: ({ image }, all) =>
        lookAtNodes('repair-registry-tls', all, (nodes) => [
          `Renew the certificate of ${registryOf(image)}; or give ${nodes} its certificate authority (containerd: /etc/containerd/certs.d; OpenShift: additionalTrustedCA), until this answers there: ${shell`curl -sSI https://${registryOf(image)}/v2/`}`,
          'The kubelet tries again by itself, every five minutes at most.',
        ]),
    });
  },
});
