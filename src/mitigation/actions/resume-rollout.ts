import { shell } from '../../objects/meta/shell.ts';
import type { ActionKind } from '../kind.ts';
import { mergePatch } from '../requests.ts';
import { rightTo, targetOf } from '../target.ts';

/** Lets a paused Deployment roll out again. */
export const resumeRollout: ActionKind = {
  summary: 'Resume the roll-out of a paused Deployment',
  risk: 'medium',
  rights: ['patch deployments.apps'],
  reversible: true,
  lastResort: false,
  alsoFor: [],
  plan({ operator: { deployment, current } }) {
    if (deployment?.spec?.paused !== true) return 'the Deployment is not paused';
    const target = targetOf('Deployment', deployment);
    const images = (deployment.spec.template?.spec?.containers ?? []).map((one) => one?.image ?? '').join(', ');
    return [
      {
        name: 'resume-rollout',
        title: `Resume the roll-out of Deployment ${target.name}`,
        target,
        before: deployment,
        request: mergePatch(target, deployment, { spec: { paused: null } }),
        precondition: 'nobody changed it since it was read',
        risk: current ? 'low' : 'medium',
        cautions: current ? [] : [`Its present template is then rolled out, with the image ${images}.`],
        rights: [rightTo('patch', target)],
        undo: { possible: true },
        command: shell`kubectl -n ${target.namespace} rollout resume deployment/${target.name}`,
      },
    ];
  },
};
