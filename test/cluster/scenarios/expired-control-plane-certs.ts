import { expireCertificates } from '../expiry.ts';
import { waitForPods, waitForStaleLease } from '../observe.ts';
import { forgetOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** All certificates of the control plane expire, kubelets' too; then somebody deletes the operator's pods by force, and nobody makes new ones. */
export default {
  starts: 'leading',
  expects: { verdict: 'down', exitCode: 3, cause: 'expired-control-plane-certs' },
  waits: 130,
  async break(cluster) {
    await expireCertificates(cluster, ['kube-controller-manager', 'kube-scheduler', 'kwok']);
    await waitForStaleLease(cluster, 'kube-system', 'kube-controller-manager', 75);
    await waitForStaleLease(cluster, 'kube-system', 'kube-scheduler', 75);
    await waitForStaleLease(cluster, 'kube-node-lease', 'cp-0', 75);
    await forgetOperatorPods(cluster);
    await waitForPods(cluster, 0);
  },
} satisfies Scenario;
