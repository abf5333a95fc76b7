import { defineRule } from '../model/rule.ts';
import { crashesOf } from '../objects/container/crash-class.ts';
import { crashObservations } from '../objects/container/crash-observation.ts';
import { lookAt } from '../objects/container/pod-failure.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'exit-137-kill',
  rung: 'container-run',
  order: 80,
  severity: 'critical',
  meaning:
    'The container was killed (signal 9), and nothing says by whom: the kernel for want of memory, unnoticed by the runtime; a restart of the runtime; or a person or tool on the node.',
  impact: 'The operator restarts whenever that happens.',
  evidence:
    'Possible: the container ended with exit code 137, its reason is not OOMKilled, and no event says that its kubelet killed it for a probe.',
  remedy: "Read the pod's events and the node's kernel log around that time.",
  commands: ['kubectl -n NAMESPACE describe pod POD'],
  related: [
    'hook-failed',
    'crash-panic',
    'crash-unexplained',
    'exit-143-term',
    'liveness-failing',
    'oom-killed-limit',
    'oom-node',
  ],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'operatorLogs'],
  evaluate(seen) {
    return crashObservations(crashesOf(operatorOf(seen), seen, 'exit-137-kill'), (first) => ({
      title: `container ${first.container} was killed on node ${first.pod.spec?.nodeName ?? ''}, and nothing says by whom`,
      confidence: 'possible',
      mitigation: {
        ...lookAt('find-killer', first),
        steps: [
          lookAt('', first).command,
          `On node ${first.pod.spec?.nodeName ?? ''}, read what the kernel and the kubelet did around ${first.finishedAt ?? 'that time'}: journalctl -k; journalctl -u kubelet`,
        ],
      },
    }));
  },
});
