import { breakNewPods, RUNNING } from '../pod-report.ts';
import type { Scenario } from '../scenario.ts';

const NAME = 'istio-proxy';
const IMAGE = 'docker.io/istio/proxyv2:1.27.1';

/** A service mesh gives the operator a proxy, which does not find its control plane. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'sidecar-not-ready' },
  async break(cluster) {
    await breakNewPods(cluster, {
      report: {
        phase: 'Running',
        containers: [
          { name: NAME, image: IMAGE, started: true, state: RUNNING },
          { ready: true, started: true, state: RUNNING },
        ],
      },
      events: [['Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503']],
      change: ({ spec }) => {
        spec.template.spec.containers.push({ name: NAME, image: IMAGE });
      },
    });
  },
} satisfies Scenario;
