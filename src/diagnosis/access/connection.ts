import type { Cause } from '../../model/cause.ts';

/** Why no API server is found, or none that can be talked to. */
export const CONNECTION_CAUSES: readonly Cause[] = [
  {
    code: 'kubeconfig',
    rung: 'access',
    severity: 'critical',
    meaning:
      'The kubeconfig cannot be used: it is missing, is not valid, or lacks the context, cluster, user or key that is asked for.',
    impact: 'No server was asked, so nothing can be said about virt-operator.',
    evidence:
      'Certain: files and flags are read as kubectl reads them, before anything is sent. The message names the file and what is wrong with it.',
    remedy: 'Give another kubeconfig or context, or fetch the kubeconfig anew from whoever runs the cluster.',
    commands: [
      'kubectl config view --minify',
      'kubectl config get-contexts',
      'kubectl virtop status --kubeconfig FILE --context CONTEXT',
    ],
    related: ['auth-unauthorized', 'wrong-cluster'],
  },
  {
    code: 'api-unreachable',
    rung: 'access',
    severity: 'critical',
    meaning: 'Nobody answers at the address of the API server: from here its state and that of the network look alike.',
    impact:
      'Nothing can be said about virt-operator. If the API server itself is down, virt-operator cannot work either; virtual machines that run keep running.',
    evidence:
      'Certain: not one request brought an answer. The connection was refused or broke off, the name could not be resolved, a proxy gave no connection, or the time ran out.',
    remedy:
      'Check network, VPN and proxy (a proxy that is to blame is named), and the server address in the kubeconfig. If others cannot reach it either, look at kube-apiserver and the load balancer before it. Where it is only slow, allow more time with --request-timeout.',
    commands: [
      'kubectl config view --minify',
      'kubectl get --raw=/readyz',
      'kubectl virtop status --request-timeout=60s',
    ],
    related: ['not-kubernetes', 'api-tls-untrusted', 'api-degraded', 'crash-api-unreachable'],
  },
  {
    code: 'api-tls-untrusted',
    rung: 'access',
    severity: 'critical',
    meaning:
      "The API server's certificate is not to be trusted: another authority signed it, it is for another name, or it is not valid at this time.",
    impact: 'Nothing is sent to that server, so nothing can be said about virt-operator.',
    evidence:
      "Certain: the TLS handshake compares the server's certificate with the kubeconfig's certificate authority, the name that was dialled and this machine's clock; the message says which of them does not fit.",
    remedy:
      "Fetch the kubeconfig anew after the cluster exchanged its certificate authority; renew the server's certificate if it expired; set this machine's clock. A proxy on the way that opens TLS has to be left out. Do not turn the check off.",
    commands: ['kubectl config view --minify', 'kubectl get --raw=/version'],
    related: ['api-unreachable', 'not-kubernetes', 'client-cert-expired', 'clock-skew'],
  },
  {
    code: 'not-kubernetes',
    rung: 'access',
    severity: 'critical',
    meaning: 'Something else than a Kubernetes API answers at that address: a login page, a proxy or a load balancer.',
    impact: 'Nothing can be said about virt-operator.',
    evidence: 'Certain: every answer is a web page, a redirect, text in place of JSON, or no TLS at all.',
    remedy: 'Correct the server address in the kubeconfig, or log in to what stands before the API server.',
    commands: ['kubectl config view --minify', 'kubectl get --raw=/version'],
    related: ['api-unreachable', 'api-tls-untrusted', 'auth-unauthorized'],
  },
  {
    code: 'wrong-cluster',
    rung: 'access',
    severity: 'info',
    meaning: 'The cluster of this context has no KubeVirt at all: the alert may have come from another one.',
    impact: 'None here. The outage, if there is one, is still to be found.',
    evidence:
      'Possible: nothing that KubeVirt leaves behind was found (see kubevirt-not-installed), and a cluster was asked, not saved objects. Which cluster was meant, nobody can tell but you; the other contexts of the kubeconfig are named.',
    remedy: 'Compare the server with the one that the alert names, and ask again with its context.',
    commands: ['kubectl config get-contexts', 'kubectl virtop status --context CONTEXT'],
    related: ['kubeconfig', 'kubevirt-not-installed'],
  },
  {
    code: 'not-recorded',
    rung: 'access',
    severity: 'critical',
    meaning: 'What --from names holds nothing that virt-operator could be judged by.',
    impact: 'Nothing can be said about virt-operator.',
    evidence: 'Certain: of all that would be asked of a cluster, the saved objects answer nothing.',
    remedy:
      'Save more of what kubectl get prints as YAML (Deployments, ReplicaSets, Pods, Events, Leases), or ask the cluster.',
    commands: ['kubectl -n NAMESPACE get deployments,replicasets,pods,events,leases -o yaml', 'kubectl virtop status'],
    related: ['auth-forbidden-partial'],
  },
];
