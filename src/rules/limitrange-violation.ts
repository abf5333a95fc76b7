import { defineRule } from '../model/rule.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { formerObstacle } from '../objects/creation/former-obstacle.ts';
import { limitRangeViolations } from '../objects/creation/limit-range.ts';
import { shell } from '../objects/meta/shell.ts';

/** Kubernetes 1.36 plugin/pkg/admission/limitranger/admission.go. */
const REFUSED = /(?:minimum|maximum) [\w./-]+ usage per (?:Container|Pod) is|max limit to request ratio per/;
/** The same where a maximum became the limit first (pkg/apis/core/validation/validation.go validateContainerResourceRequirements). */
const INVALID = /must be less than or equal to \w+ limit/;

export default defineRule({
  code: 'limitrange-violation',
  rung: 'replicaset',
  order: 80,
  severity: 'critical',
  meaning: 'A LimitRange in the namespace forbids what the operator pods ask for.',
  impact: 'Lost operator pods are not replaced.',
  evidence:
    "Certain: what the operator's containers request breaks a minimum, maximum or ratio of a LimitRange by its own numbers. Likely: only the API server's words say so, and a LimitRange has that bound still, or none could be read.",
  remedy: "Change the LimitRange so that it admits the operator's requests, or move it to another namespace.",
  commands: ['kubectl -n NAMESPACE describe limitrange LIMITRANGE', 'kubectl -n NAMESPACE edit limitrange LIMITRANGE'],
  related: ['limitrange-default-below-request', 'quota-exceeded', 'quota-must-specify'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['limitRanges', 'events'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    if (!blocked || blocked.gaps.length === 0) return [];
    const ranges = seen.limitRanges ?? [];
    const broken = limitRangeViolations(blocked.template.spec, ranges).filter((one) => one.kind !== 'default');
    const refused = words(blocked, REFUSED);
    const said = refused.length === 0 && broken.length > 0 ? words(blocked, INVALID) : refused;
    if (broken.length === 0 && (said.length === 0 || formerObstacle(blocked, seen) !== null)) return [];
    const { namespace, gaps } = blocked;
    const known = broken[0]?.limitRange ?? ranges[0]?.metadata?.name;
    const name = known ?? '<unknown>';
    const command =
      known === undefined
        ? shell`kubectl -n ${namespace} get limitranges`
        : shell`kubectl -n ${namespace} edit limitrange ${known}`;
    return [
      {
        title: `LimitRange ${name} forbids what the operator pods request`,
        object: { kind: 'LimitRange', namespace, name },
        since: saidSince(blocked, said),
        confidence: broken.length > 0 ? 'certain' : 'likely',
        evidence: [
          ...broken.map(({ text, limitRange }) => ({ text, source: `limitrange/${limitRange} spec.limits` })),
          ...said,
        ],
        explains: gaps,
        told: said.length > 0,
        mitigation: {
          action: 'edit-limitrange',
          automatic: false,
          command,
          steps: [...broken.map(({ text, limitRange }) => `Change this in LimitRange ${limitRange}: ${text}`), command],
        },
      },
    ];
  },
});
