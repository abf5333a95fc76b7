import { defineRule } from '../model/rule.ts';
import { pullObservations, registryOf } from '../objects/container/image-pull.ts';
import { lookAtNodes, nodesOf } from '../objects/container/pod-failure.ts';
import { isProxyAnswer } from '../objects/container/proxy-words.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'image-network',
  rung: 'container-start',
  order: 39,
  severity: 'critical',
  meaning: 'The node gets no answer from the registry, or only an error of a proxy or of the registry itself.',
  impact: 'No operator pod starts on a node that does not hold the image already.',
  evidence:
    "Likely: the runtime's words about the pull are a time-out, a connection that is refused or breaks off, a web page, or a proxy's or the registry's error 50x. Where mirrors failed too, the words about the registry itself count.",
  remedy:
    "Look at the way from the node to the registry (firewall, proxy settings of the container runtime) and at the registry's own state. The kubelet tries again by itself, every five minutes at most.",
  commands: ['kubectl -n NAMESPACE describe pod POD', 'kubectl describe node NODE'],
  related: ['image-dns', 'image-pull-failed', 'image-rate-limited', 'image-tls', 'sandbox-pause-image'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    return pullObservations(operatorOf(seen), seen.events, 'image-network', {
      title: ({ image, message }, all) => titleFor(message, nodesOf(all), `registry ${registryOf(image)}`),
      mitigation: ({ image }, all) =>
        lookAtNodes('repair-registry-network', all, (nodes) => [
          `On ${nodes}, repair the way to the registry (firewall, proxy of the container runtime) until this answers: ${shell`curl -sSI https://${registryOf(image)}/v2/`}`,
          'The kubelet tries again by itself, every five minutes at most.',
        ]),
    });
  },
});

/** What answers in the registry's place, where something does: a sign-in page, a proxy, the registry's own trouble. */
function titleFor(message: string, nodes: string, registry: string): string {
  if (/unexpected media type text\/html/.test(message)) {
    return `${registry}, or a mirror of it, gives ${nodes} a web page in place of the image`;
  }
  if (isProxyAnswer(message)) return `a proxy keeps ${nodes} from ${registry}`;
  return /\b50\d (?:Bad|Service|Gateway|Internal)/.test(message)
    ? `${registry} answers ${nodes} only with an error`
    : `${nodes} cannot reach ${registry}`;
}
