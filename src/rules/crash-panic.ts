import { defineRule } from '../model/rule.ts';
import { crashesOf } from '../objects/container/crash-class.ts';
import { crashObservations, readLog } from '../objects/container/crash-observation.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'crash-panic',
  rung: 'container-run',
  order: 13,
  onAnyNode: true,
  severity: 'critical',
  meaning:
    "The operator's program crashed: a fault in this version, or something in the cluster that it does not expect.",
  impact: 'The operator restarts again and again, and leads for moments at best.',
  evidence:
    "Likely: the operator's log (its termination message) ends with a panic, a fatal error or Go stacks, or the container ended with exit code 134 or 139.",
  remedy:
    "Look for the panic among KubeVirt's issues with the version and the first line of its own code; upgrade, or undo the roll-out that brought it.",
  commands: [
    'kubectl -n NAMESPACE logs POD -c CONTAINER --previous',
    'kubectl -n NAMESPACE rollout undo deployment/virt-operator',
  ],
  related: ['crash-unexplained', 'exit-137-kill', 'startup-misc-fatal'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'operatorLogs'],
  evaluate(seen) {
    return crashObservations(crashesOf(operatorOf(seen), seen, 'crash-panic'), (first) => {
      const frame = ownFrame(first.message);
      return {
        title: `virt-operator crashes${first.line ? `: ${first.line}` : ` with exit code ${first.exitCode}`}`,
        confidence: 'likely',
        evidence: frame ? [{ text: frame, source: first.saidIn }] : [],
        mitigation: readLog('report-crash', first),
      };
    });
  },
});

/** The first line of KubeVirt's own code on the stack. */
function ownFrame(log: string): string | null {
  return log.split('\n').find((line) => /^kubevirt\.io\/kubevirt\//.test(line)) ?? null;
}
