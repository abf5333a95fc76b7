import { shell } from '../../objects/meta/shell.ts';
import { goodRevision, hasReadyPods, templateOf } from '../../objects/operator/good-revision.ts';
import { type Part, revisionOf } from '../../objects/operator/revision.ts';
import { type Context, known } from '../context.ts';
import type { ActionKind } from '../kind.ts';
import { jsonPatch } from '../requests.ts';
import { rightTo, targetOf } from '../target.ts';

/** Back to the newest earlier revision that runs the KubeVirt version which the cluster is at: an older operator must not manage a newer KubeVirt. */
export const rollBack: ActionKind = {
  summary: 'Roll the Deployment back to the last revision that was good',
  risk: 'medium',
  rights: ['patch deployments.apps'],
  reversible: true,
  lastResort: false,
  alsoFor: [
    'rollout-broken-and-old-lost',
    'crash-panic',
    'missing-image-env',
    'exec-not-found',
    'node-selector-mismatch',
  ],
  plan(context) {
    const { deployment } = context.operator;
    if (!deployment) return 'there is no Deployment';
    const kubevirts = known(context.evidence, 'kubevirts');
    const good = goodRevision(context.operator, { kubevirts, part: brokenPart(context) });
    if (typeof good === 'string') return good;
    const target = targetOf('Deployment', deployment);
    const revision = revisionOf(good);
    return [
      {
        name: 'roll-back',
        title: `Roll Deployment ${target.name} back to revision ${revision}`,
        target,
        before: deployment,
        request: jsonPatch(target, deployment, [{ op: 'replace', path: '/spec/template', value: templateOf(good) }]),
        precondition: 'nobody changed it since it was read',
        risk: 'medium',
        cautions: hasReadyPods(good) ? [] : [`Nothing shows now whether revision ${revision} was ever ready.`],
        rights: [rightTo('patch', target)],
        undo: { possible: true },
        command: shell`kubectl -n ${target.namespace} rollout undo deployment/${target.name} --to-revision=${revision}`,
      },
    ];
  },
};

/** In what a good revision must differ: else what is broken comes back with it. Null where the cause does not say. */
function brokenPart({ finding: { code } }: Context): Part | null {
  if (code === 'node-selector-mismatch') return 'place';
  if (code.startsWith('image-') || code === 'exec-format-error') return 'image';
  return ['crash-panic', 'missing-image-env'].includes(code) || code.startsWith('exec-') ? 'program' : null;
}
