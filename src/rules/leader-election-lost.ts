import { defineRule } from '../model/rule.ts';
import { crashesOf } from '../objects/container/crash-class.ts';
import { crashObservations, readLog } from '../objects/container/crash-observation.ts';
import { logLine } from '../objects/meta/log-line.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'leader-election-lost',
  rung: 'container-run',
  order: 10,
  severity: 'critical',
  meaning:
    'The operator could not renew its lease within ten seconds and ended itself, as it must. The API server or etcd is too slow or cannot be reached, or the operator gets too little processor time.',
  impact: 'The operator restarts, and another pod leads meanwhile, if it is not hit by the same.',
  evidence:
    "Likely: the last known line of the operator's log (its termination message) says that it lost the lease, and no line before it that it was refused.",
  remedy:
    'Look at the API server and etcd (slow disks, load, network to the control plane), and at the load of the node. Nothing is wrong with the pod.',
  commands: ['kubectl -n NAMESPACE logs POD -c CONTAINER --previous', "kubectl get --raw='/readyz?verbose'"],
  related: ['etcd-or-api-slow', 'cpu-starved', 'crash-api-unreachable', 'no-leader'],
  // Without its ServiceAccount the operator is refused.
  follows: ['replicaset'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'operatorLogs'],
  evaluate(seen) {
    return crashObservations(crashesOf(operatorOf(seen), seen, 'leader-election-lost'), (first) => {
      const why = logLine(first.message, /error retrieving (?:resource|lease) lock|failed to renew lease/i);
      return {
        title: 'virt-operator could not renew its lease in time, and ended itself',
        confidence: 'likely',
        evidence: why && why !== first.line ? [{ text: why, source: first.saidIn }] : [],
        mitigation: readLog('look-at-api-server', first),
      };
    });
  },
});
