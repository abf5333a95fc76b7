import { AccessError } from '../../model/errors.ts';
import type { Evidence, Read } from '../../model/evidence.ts';
import type { FailureReason } from '../../model/request.ts';

type Cluster = Evidence['cluster'];

/** For each reason for which nothing could be read: what that means for the server, and what to do. */
const REASONS: Record<FailureReason, { means: (at: string, user: string) => string; advice: string }> = {
  'api-unreachable': {
    means: (at) => `cannot reach ${at}`,
    advice: 'check the network, VPN or proxy, and the server address in the kubeconfig',
  },
  'api-tls-untrusted': {
    means: (at) => `cannot trust ${at}`,
    advice: 'fetch the kubeconfig anew, or correct its certificate-authority-data',
  },
  'client-cert-expired': {
    means: (at, user) => `${at} refuses ${user}`,
    advice: 'renew the client certificate, or fetch the kubeconfig anew',
  },
  'auth-unauthorized': {
    means: (at, user) => `${at} refuses ${user}`,
    advice: 'log in again, or fetch the kubeconfig anew',
  },
  'api-throttled': { means: (at) => `${at} is overloaded`, advice: 'try again in a minute' },
  'api-degraded': {
    means: (at) => `${at} answers with errors`,
    advice: 'check kube-apiserver and etcd on the control-plane nodes',
  },
  timeout: {
    means: (at) => `no answer from ${at}`,
    advice: 'check the network, or allow more time with --request-timeout',
  },
  'not-kubernetes': {
    means: (at) => `no Kubernetes API at ${at}`,
    advice: 'check the server address in the kubeconfig, and any proxy or login page in front of it',
  },
  'too-large': { means: (at) => `no usable answer from ${at}`, advice: 'give the namespace with -n' },
  'not-recorded': {
    means: () => 'nothing to diagnose',
    advice: 'give a bundle, or more of what kubectl get -o yaml prints',
  },
};

/** Throws an AccessError when every one of the reads failed: then there is no evidence, only a connection or login to mend. */
export function failWithoutAnswer(reads: readonly Read<unknown>[], cluster: Cluster): void {
  const failures = reads.filter((read) => read.status === 'failed');
  const [first] = failures;
  if (!first || failures.length < reads.length) return;
  throw accessError(first.reason, first.message, cluster);
}

/** An error in one line: what happened, to which server of which context, and what to do. */
function accessError(reason: FailureReason, message: string, cluster: Cluster): AccessError {
  const { context, server, user } = cluster;
  const { means, advice } = REASONS[reason];
  const at = `${server ?? 'the archive'}${context === null ? '' : ` (context ${context})`}`;
  const what = means(at, user === null ? 'the login that was given' : `user ${user}`);
  return new AccessError(reason, `${what}: ${message.replace(/\.$/, '')}; ${advice}`, cluster);
}
