import type { EvidenceItem } from '../model/finding.ts';
import type { LimitRange } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { type Crash, crashText } from '../objects/container/crash.ts';
import { crashesOf, memoryLimit } from '../objects/container/crash-class.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { type Operator, operatorOf, podGap } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'oom-killed-limit',
  rung: 'container-run',
  severity: 'critical',
  meaning:
    'The container was killed because it used more memory than its limit. KubeVirt sets no limit: something else put it there.',
  impact: 'The operator restarts again and again, and leads for moments at best.',
  evidence:
    'Certain: the container ended with reason OOMKilled and has a memory limit. Where that comes from is found by comparing the pod with the Deployment and the LimitRanges.',
  remedy:
    'Remove or raise the limit where it comes from: a LimitRange default, an edited Deployment, or a tool that rewrites pods.',
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl -n NAMESPACE set resources deployment/virt-operator -c CONTAINER --limits=memory=0',
    'kubectl -n NAMESPACE edit limitrange LIMITRANGE',
  ],
  related: ['limitrange-default-below-request', 'exit-137-kill', 'oom-node'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['limitRanges'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const killed = crashesOf(operator, seen, 'oom-killed-limit');
    const [crash] = killed;
    if (!crash) return [];
    const limit = memoryLimit(crash) ?? '';
    const namespace = crash.pod.metadata?.namespace ?? '';
    const origin = originOf(limit, crash, operator, list(seen.limitRanges));
    return [
      {
        title: `container ${crash.container} is killed at its memory limit of ${limit}`,
        object: reference('Pod', crash.pod),
        since: crash.finishedAt,
        confidence: 'certain',
        evidence: [...killed.map((one) => ({ text: crashText(one), source: one.source })), origin.evidence],
        explains: killed.map((one) => podGap(one.pod)),
        mitigation: {
          action: 'remove-memory-limit',
          automatic: true,
          command: `${shell`kubectl -n ${namespace}`} ${origin.command}`,
        },
      },
    ];
  },
});

interface Origin {
  evidence: EvidenceItem;
  command: string;
}

/** Where the limit came from: the Deployment itself, a LimitRange with that default, or something that rewrote the pod. */
function originOf(limit: string, crash: Crash, operator: Operator, ranges: readonly LimitRange[]): Origin {
  const deployment = `deployment/${nameOf(operator.deployment)}`;
  const command = shell`set resources ${deployment} -c ${crash.container} --limits=memory=0`;
  const template = operator.deployment?.spec?.template;
  if (memoryLimit({ pod: template ?? {}, container: crash.container }) !== null) {
    return {
      command,
      evidence: { text: `the Deployment sets the limit ${limit}`, source: `${deployment} spec.template` },
    };
  }
  const range = ranges.find((one) =>
    list(one.spec?.limits).some((item) => item.default?.memory === limit || item.max?.memory === limit),
  );
  const text = `the Deployment sets no limit: ${range ? 'this LimitRange put it there' : 'it was added when the pod was made'}`;
  return range
    ? {
        command: shell`edit limitrange ${nameOf(range)}`,
        evidence: { text, source: `limitrange/${nameOf(range)} spec.limits` },
      }
    : { command, evidence: { text, source: `pod/${nameOf(crash.pod)} metadata.annotations` } };
}
