import { breakNewPods, waiting } from '../pod-report.ts';
import type { Scenario } from '../scenario.ts';

/** Kubernetes 1.36 pkg/kubelet/kubelet_pods.go makeEnvironmentVariables. */
const MISSING = 'secret "proxy-settings" not found';

/** Somebody gave the operator a variable from a Secret that does not exist. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'config-missing-ref' },
  async break(cluster) {
    await breakNewPods(cluster, {
      report: waiting('CreateContainerConfigError', MISSING),
      events: [['Failed', `Error: ${MISSING}`]],
      change: ({ spec }) => {
        const secretKeyRef = { name: 'proxy-settings', key: 'url' };
        for (const container of spec.template.spec.containers) {
          container.env = [...(container.env ?? []), { name: 'HTTPS_PROXY', valueFrom: { secretKeyRef } }];
        }
      },
    });
  },
} satisfies Scenario;
