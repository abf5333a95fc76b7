import { reinstallOperator } from '../deployment.ts';
import { waitForUnschedulable } from '../observe.ts';
import type { Scenario } from '../scenario.ts';

/** The Deployment was given a volume whose claim does not exist. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'volume-binding' },
  async break(cluster) {
    await reinstallOperator(cluster, ({ spec }) => {
      const dumps = { name: 'dumps', persistentVolumeClaim: { claimName: 'virt-operator-dumps' } };
      Object.assign(spec.template.spec, { volumes: [dumps] });
      for (const container of spec.template.spec.containers) {
        Object.assign(container, { volumeMounts: [{ name: 'dumps', mountPath: '/var/dumps' }] });
      }
    });
    await waitForUnschedulable(cluster, 2);
  },
} satisfies Scenario;
