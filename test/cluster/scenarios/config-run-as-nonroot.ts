import { setImage } from '../deployment.ts';
import { breakNewPods, waiting } from '../pod-report.ts';
import type { Scenario } from '../scenario.ts';

const IMAGE = 'registry.example.com/custom/virt-operator:v1.7.0';
/** Kubernetes 1.36 pkg/kubelet/kuberuntime/security_context_others.go verifyRunAsNonRoot. */
const ROOT = 'container has runAsNonRoot and image will run as root';

/** Installed from an image of somebody's own, which runs as root. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'config-run-as-nonroot' },
  async break(cluster) {
    await breakNewPods(cluster, {
      report: waiting('CreateContainerConfigError', ROOT, IMAGE),
      events: [['Failed', `Error: ${ROOT}`]],
      change: (deployment) => setImage(deployment, IMAGE),
    });
  },
} satisfies Scenario;
