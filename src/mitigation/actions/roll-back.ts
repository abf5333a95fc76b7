import { shell } from '../../objects/meta/shell.ts';
import { goodRevision, hasReadyPods, revisionOf, templateOf } from '../../objects/operator/earlier-revision.ts';
import { known } from '../context.ts';
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
    const good = goodRevision(context.operator, known(context.evidence, 'kubevirts'));
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
