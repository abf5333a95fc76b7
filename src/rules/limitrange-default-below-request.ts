import { defineRule } from '../model/rule.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { limitRangeViolations } from '../objects/creation/limit-range.ts';
import { shell } from '../objects/meta/shell.ts';

/** Kubernetes 1.36 pkg/apis/core/validation/validation.go validateContainerResourceRequirements. */
const REFUSED = /must be less than or equal to \w+ limit/;

export default defineRule({
  code: 'limitrange-default-below-request',
  rung: 'replicaset',
  order: 70,
  severity: 'critical',
  meaning:
    'A LimitRange puts a default limit on the operator pods that is lower than what they request, which makes them invalid.',
  impact: 'Lost operator pods are not replaced.',
  evidence:
    "Certain: the limits that the LimitRanges of the namespace would add to the operator's containers are worked out, and one is lower than what the container requests. The API server's words are added where they agree.",
  remedy: "Raise the LimitRange's default above the operator's request.",
  commands: ['kubectl -n NAMESPACE describe limitrange LIMITRANGE', 'kubectl -n NAMESPACE edit limitrange LIMITRANGE'],
  related: ['limitrange-violation', 'pod-invalid', 'quota-must-specify', 'oom-killed-limit'],
  needs: ['deployment', 'replicaSets', 'pods', 'limitRanges'],
  wants: ['events'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    const found = limitRangeViolations(blocked?.template.spec, seen.limitRanges ?? []);
    const broken = found.filter((one) => one.kind === 'default');
    const name = broken[0]?.limitRange;
    if (!blocked || blocked.gaps.length === 0 || name === undefined) return [];
    const said = words(blocked, REFUSED);
    const { namespace, gaps } = blocked;
    return [
      {
        title: `LimitRange ${name} limits the operator pods below what they request`,
        object: { kind: 'LimitRange', namespace, name },
        since: saidSince(blocked, said),
        confidence: 'certain',
        evidence: [
          ...broken.map(({ text, limitRange }) => ({ text, source: `limitrange/${limitRange} spec.limits` })),
          ...said,
        ],
        explains: gaps,
        told: said.length > 0,
        mitigation: {
          action: 'edit-limitrange',
          automatic: false,
          command: shell`kubectl -n ${namespace} edit limitrange ${name}`,
          steps: [
            ...broken.map(({ text, limitRange }) => `Change this in LimitRange ${limitRange}: ${text}`),
            shell`kubectl -n ${namespace} edit limitrange ${name}`,
          ],
        },
      },
    ];
  },
});
