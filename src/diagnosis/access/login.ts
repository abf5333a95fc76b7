import type { Cause } from '../../model/cause.ts';

/** Why an API server does not take the user, or not for everything. */
export const LOGIN_CAUSES: readonly Cause[] = [
  {
    code: 'client-cert-expired',
    rung: 'access',
    severity: 'critical',
    meaning: 'The client certificate in the kubeconfig has expired.',
    impact: 'Nothing can be read with it, so nothing can be said about virt-operator.',
    evidence:
      "Certain: the certificate's end is compared with this machine's clock before anything is sent, or the server says so in the TLS handshake.",
    remedy: 'Renew it (kubeadm certs renew admin.conf, where kubeadm made it), or fetch the kubeconfig anew.',
    commands: ['kubectl config view --minify', 'kubectl auth whoami'],
    related: ['auth-unauthorized', 'api-tls-untrusted', 'expired-control-plane-certs'],
  },
  {
    code: 'auth-unauthorized',
    rung: 'access',
    severity: 'critical',
    meaning:
      'The API server does not know the user: a token that has expired or was withdrawn, or another wrong login.',
    impact: 'Nothing can be read, so nothing can be said about virt-operator.',
    evidence:
      'Certain: every request was answered with 401 Unauthorized, the server does not accept the client certificate, or the token itself says that it has expired.',
    remedy:
      'Log in again, or fetch the kubeconfig anew. A credential plugin may hand out an old token: clear its cache.',
    commands: ['kubectl auth whoami', 'kubectl config view --minify'],
    related: ['client-cert-expired', 'exec-plugin-failed', 'auth-forbidden-partial', 'kubeconfig', 'not-kubernetes'],
  },
  {
    code: 'exec-plugin-missing',
    rung: 'access',
    severity: 'critical',
    meaning: 'The kubeconfig logs in with a credential plugin that is not installed on this machine.',
    impact: 'No server was asked, so nothing can be said about virt-operator.',
    evidence: "Certain: the plugin's program is not found on the PATH. The kubeconfig's own hint is shown.",
    remedy: 'Install the plugin, or put it on the PATH of this shell.',
    commands: ['kubectl config view --minify', 'kubectl auth whoami'],
    related: ['exec-plugin-failed'],
  },
  {
    code: 'exec-plugin-failed',
    rung: 'access',
    severity: 'critical',
    meaning:
      'The credential plugin of the kubeconfig yields no credentials: it fails, takes too long, must ask something, or may not be run.',
    impact: 'No server was asked, so nothing can be said about virt-operator.',
    evidence:
      "Certain: the plugin's exit code, its last words, its answer or the user's kuberc say so. It is run once and never without a deadline.",
    remedy: 'Run it by itself to see more; most often a login has ended and has to be made anew in a terminal.',
    commands: ['kubectl config view --minify', 'kubectl auth whoami'],
    related: ['exec-plugin-missing', 'auth-unauthorized'],
  },
  {
    code: 'auth-forbidden-partial',
    rung: 'access',
    severity: 'warning',
    meaning: 'You may not read everything that an answer needs: some reads were refused, others were answered.',
    impact:
      'Nothing is wrong with the cluster. What was refused is listed as not checked, and a cause that hides there is not seen.',
    evidence:
      'Certain: reads were answered with 403 Forbidden. Each right that is missing is named as kubectl auth can-i takes it. It is told beside the cause and never is the cause: a right that virt-operator lacks is crash-rbac, one that a controller lacks is controller-rbac-broken.',
    remedy: 'Ask an administrator for the rights that are named; all of them are rights to read.',
    commands: [
      'kubectl auth can-i --list -n NAMESPACE',
      'kubectl auth whoami',
      'kubectl create clusterrole ROLE --verb=get,list --resource=RESOURCE',
      'kubectl create clusterrolebinding ROLE --clusterrole=ROLE --user=USER',
      'kubectl create clusterrolebinding ROLE --clusterrole=ROLE --serviceaccount=NAMESPACE:SERVICEACCOUNT',
    ],
    related: ['auth-unauthorized', 'not-recorded', 'controller-rbac-broken', 'crash-rbac'],
  },
];
