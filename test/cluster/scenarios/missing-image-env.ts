import { crashAgainAndAgain, endOfBareOperator } from '../crashes.ts';
import { reinstallOperator } from '../deployment.ts';
import { operatorKubeconfig } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** Installed from a manifest that lacks the variable with the operator's image. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'missing-image-env' },
  async break(cluster) {
    const kubeconfig = await operatorKubeconfig(cluster);
    await reinstallOperator(cluster, ({ spec }) => {
      for (const container of spec.template.spec.containers) {
        container.env = (container.env ?? []).filter(({ name }) => name !== 'VIRT_OPERATOR_IMAGE');
      }
    });
    const end = await endOfBareOperator(cluster, [`--kubeconfig=${kubeconfig}`, '--port=8443']);
    await crashAgainAndAgain(cluster, end);
  },
} satisfies Scenario;
