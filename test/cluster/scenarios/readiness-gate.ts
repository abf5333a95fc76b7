import { breakNewPods, RUNNING } from '../pod-report.ts';
import type { Scenario } from '../scenario.ts';

const GATE = 'target-health.lb.example.com/operator';
/** Kubernetes 1.36 pkg/kubelet/status/generate.go GeneratePodReadyCondition. */
const message = `corresponding condition of pod readiness gate "${GATE}" does not exist.`;

/** A load balancer's controller gave the operator's pods a readiness gate, and does not run any more. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'readiness-gate' },
  async break(cluster) {
    await breakNewPods(cluster, {
      report: {
        phase: 'Running',
        containers: [{ ready: true, started: true, state: RUNNING }],
        ready: { reason: 'ReadinessGatesNotReady', message },
      },
      change: ({ spec }) => {
        spec.template.spec.readinessGates = [{ conditionType: GATE }];
      },
    });
  },
} satisfies Scenario;
