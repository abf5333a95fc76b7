import { expireCertificates } from '../expiry.ts';
import { waitForStaleLease } from '../observe.ts';
import type { Scenario } from '../scenario.ts';

/** The certificates of kube-controller-manager and kube-scheduler expire; kubelets, which renew theirs, and the operator go on. */
export default {
  starts: 'leading',
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  waits: 130,
  async break(cluster) {
    await expireCertificates(cluster, ['kube-controller-manager', 'kube-scheduler']);
    await waitForStaleLease(cluster, 'kube-system', 'kube-controller-manager', 75);
    await waitForStaleLease(cluster, 'kube-system', 'kube-scheduler', 75);
  },
} satisfies Scenario;
