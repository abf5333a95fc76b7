import { reinstallOperator } from '../deployment.ts';
import { kubectl } from '../kubectl.ts';
import { waitForFailedCreate } from '../observe.ts';
import type { Scenario } from '../scenario.ts';

/** The namespace enforces the restricted standard, and the manifest lacks the security contexts that it asks for. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'podsecurity-denied' },
  repair: { action: 'relabel-pod-security', undo: true },
  async break(cluster) {
    const label = 'pod-security.kubernetes.io/enforce=restricted';
    await kubectl(cluster, ['label', 'namespace', 'kubevirt', label, '--overwrite']);
    await reinstallOperator(cluster, ({ spec: { template } }) => {
      delete template.spec.securityContext;
      for (const container of template.spec.containers) delete container.securityContext;
    });
    await waitForFailedCreate(cluster, 'violates PodSecurity "restricted:latest"');
  },
} satisfies Scenario;
