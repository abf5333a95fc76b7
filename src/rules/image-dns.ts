import { defineRule } from '../model/rule.ts';
import { pullObservations, registryOf } from '../objects/container/image-pull.ts';
import { lookAtNodes, nodesOf } from '../objects/container/pod-failure.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'image-dns',
  rung: 'container-start',
  order: 38,
  severity: 'critical',
  meaning:
    "The node cannot turn the registry's name into an address. It asks its own name servers, not the cluster's DNS.",
  impact: 'No operator pod starts on a node that does not hold the image already.',
  evidence: "Likely: the runtime's words about the pull are those of a failed lookup of a name.",
  remedy: "Repair the node's name servers (/etc/resolv.conf, systemd-resolved), or correct the registry's name.",
  commands: ['kubectl -n NAMESPACE describe pod POD', 'kubectl describe node NODE'],
  related: ['image-network', 'image-tls', 'crash-api-unreachable'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    return pullObservations(operatorOf(seen), seen.events, 'image-dns', {
      title: ({ image, message }, all) => `${nodesOf(all)} cannot resolve ${lookedUp(message) ?? registryOf(image)}`,
      mitigation: ({ image, message }, all) =>
        lookAtNodes('repair-node-dns', all, (nodes) => [
          `On ${nodes}, repair the name servers (/etc/resolv.conf, systemd-resolved) until this answers: ${shell`getent hosts ${lookedUp(message) ?? registryOf(image)}`}`,
          'The kubelet tries again by itself, every five minutes at most.',
        ]),
    });
  },
});

/** The name that was asked for: a mirror or a token server may be another than the image's registry. */
function lookedUp(message: string): string | null {
  return /\blookup ([\w.-]+)/.exec(message)?.[1] ?? null;
}
