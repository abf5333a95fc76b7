import type { PodTemplate, ReplicaSet } from '../../model/kubernetes.ts';
import { list } from '../../objects/meta/list.ts';
import { isControlledBy } from '../../objects/meta/reference.ts';
import { shell } from '../../objects/meta/shell.ts';
import { kubevirtVersion } from '../../objects/operator/installation.ts';
import { differIn, earlierRevisions, type Part, revisionOf } from '../../objects/operator/revision.ts';
import { type Context, known } from '../context.ts';
import type { ActionKind } from '../kind.ts';
import { jsonPatch } from '../requests.ts';
import { rightTo, targetOf } from '../target.ts';

const HASH_LABEL = 'pod-template-hash';

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
    const { deployment, current } = context.operator;
    if (!deployment) return 'there is no Deployment';
    const earlier = earlierRevisions(context.operator);
    if (earlier.length === 0) return 'there is no earlier revision: apply the manifest of the installed version';
    const installed = installedVersion(context);
    if (installed === null)
      return 'the version of KubeVirt that is installed is not known, so no revision is known to fit';
    const fitting = earlier.filter((one) => versionOf(one) === installed);
    if (fitting.length === 0) return `no earlier revision runs KubeVirt ${installed}, which is installed`;
    const part = brokenPart(context);
    const other = fitting.filter((one) => !current || part === null || differIn(part, one, current));
    const [good] = [...other.filter(hasReadyPods), ...other.filter((one) => !failsToo(one, context)), ...other];
    if (!good) return `every earlier revision has the same ${part} as the present one`;
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

/** Whether it has pods now, and they do not come up. */
function failsToo(replicaSet: ReplicaSet, { operator }: Context): boolean {
  return operator.unready.some((pod) => isControlledBy(pod, replicaSet));
}

function hasReadyPods({ status }: ReplicaSet): boolean {
  return (status?.readyReplicas ?? 0) > 0;
}

function versionOf(replicaSet: ReplicaSet): string | null {
  const { metadata, spec } = replicaSet;
  return kubevirtVersion({ deployment: { metadata: metadata ?? {}, spec: { template: spec?.template ?? {} } } });
}

/** What KubeVirt says of itself, not what the Deployment would run. */
function installedVersion({ evidence }: Context): string | null {
  const status = list(known(evidence, 'kubevirts'))[0]?.status;
  return status?.observedKubeVirtVersion || status?.operatorVersion || null;
}

/** A ReplicaSet's template as the Deployment had it (Kubernetes 1.36 kubectl pkg/polymorphichelpers/rollback.go getDeploymentPatch). */
function templateOf(replicaSet: ReplicaSet): PodTemplate {
  const template = structuredClone(replicaSet.spec?.template ?? {});
  const { [HASH_LABEL]: _, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}
