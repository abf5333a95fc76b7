import { breakNewPods, WITHOUT_SANDBOX } from '../pod-report.ts';
import type { Scenario } from '../scenario.ts';

/** Kubernetes 1.36 pkg/volume/util/operationexecutor/operation_generator.go, pkg/volume/secret/secret.go. */
const WORDS = 'MountVolume.SetUp failed for volume "proxy-ca" : secret "proxy-ca" not found';

/** Somebody gave the operator a volume from a Secret that does not exist. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'volume-mount-failed' },
  async break(cluster) {
    await breakNewPods(cluster, {
      report: WITHOUT_SANDBOX,
      events: [['FailedMount', WORDS]],
      change: ({ spec }) => {
        const volumes = spec.template.spec.volumes ?? [];
        spec.template.spec.volumes = [...volumes, { name: 'proxy-ca', secret: { secretName: 'proxy-ca' } }];
      },
    });
  },
} satisfies Scenario;
