import { AccessError } from '../model/errors.ts';
import type { Evidence, Read } from '../model/evidence.ts';
import type { FailureReason } from '../model/request.ts';

/** What to do about each reason for which nothing could be read. */
const ADVICE: Record<FailureReason, string> = {
  'api-unreachable': 'check the network, VPN or proxy, and the server address in the kubeconfig',
  'api-tls-untrusted': 'check certificate-authority-data in the kubeconfig, or fetch the kubeconfig anew',
  'client-cert-expired': 'renew the client certificate, or fetch the kubeconfig anew',
  'auth-unauthorized': 'log in again, or fetch the kubeconfig anew',
  'api-throttled': 'try again in a minute',
  'api-degraded': 'check the API server and etcd on the control-plane nodes',
  timeout: 'check the network, or allow more with --request-timeout',
  'not-kubernetes': 'check the server address in the kubeconfig, and any proxy or login page before it',
  'too-large': 'give the namespace with -n',
  'not-recorded': 'give a bundle, or more of what kubectl get -o yaml prints',
};

/** Throws an AccessError when every one of the reads failed: then there is no evidence, only a connection or login to mend. */
export function failWithoutAnswer(reads: readonly Read<unknown>[], cluster: Evidence['cluster']): void {
  const failures = reads.filter((read) => read.status === 'failed');
  const [first] = failures;
  if (!first || failures.length < reads.length) return;
  throw accessError(first.reason, first.message, cluster);
}

/** An error in one line: what happened, to which server of which context, and what to do. */
export function accessError(reason: FailureReason, message: string, cluster: Evidence['cluster']): AccessError {
  const server = cluster.server ?? 'the archive';
  const context = cluster.context === null ? '' : ` (context ${cluster.context})`;
  return new AccessError(reason, `no answer from ${server}${context}: ${message}; ${ADVICE[reason]}`);
}
