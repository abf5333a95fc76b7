import { breakNewPods } from '../pod-report.ts';
import type { Scenario } from '../scenario.ts';

const NAME = 'istio-init';
const IMAGE = 'docker.io/istio/proxyv2:1.27.1';
const FAILED = { exitCode: 1, reason: 'Error', message: 'iptables-restore: permission denied' };

/** A service mesh gives the operator an init container, which may not do here what it must. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'init-container-blocked' },
  async break(cluster) {
    await breakNewPods(cluster, {
      report: {
        phase: 'Pending',
        initContainers: [
          {
            name: NAME,
            image: IMAGE,
            restartCount: 4,
            state: {
              waiting: { reason: 'CrashLoopBackOff', message: `back-off 1m20s restarting failed container=${NAME}` },
            },
            lastState: { terminated: FAILED },
          },
        ],
        containers: [{ state: { waiting: { reason: 'PodInitializing' } } }],
      },
      change: ({ spec }) => {
        spec.template.spec.initContainers = [{ name: NAME, image: IMAGE }];
      },
    });
  },
} satisfies Scenario;
