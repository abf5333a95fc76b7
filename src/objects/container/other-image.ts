import type { Mitigation } from '../../model/finding.ts';
import type { Deployment, Pod, PodTemplate } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { isControlledBy, nameOf } from '../meta/reference.ts';
import { shell } from '../meta/shell.ts';
import { kubevirtVersion, reinstallCommand } from '../operator/installation.ts';
import type { Operator } from '../operator/operator.ts';
import { earlierRevisions, revisionOf } from '../operator/revision.ts';
import { changedContainer, FIND_CHANGER } from '../pod/changed-pod.ts';
import type { PodFailure } from './pod-failure.ts';

export type ContainerIn = Pick<PodFailure, 'pod' | 'container'>;

/** Another image, and not one that cannot be pulled either: an earlier revision may have the same. */
export function pullable(operator: Operator, { pod, container }: ContainerIn): Mitigation {
  const image = imageIn(operator.deployment?.spec?.template, container);
  const isElsewhere = operator.replicaSets.some((one) => imageIn(one.spec?.template, container) !== image);
  const replicaSets = operator.replicaSets.filter((one) => isElsewhere || isControlledBy(pod, one));
  const mitigation = otherImage({ ...operator, replicaSets }, { pod, container });
  return mitigation.command.startsWith('kubectl apply') && isMirrored(image) ? lookAtRegistry(pod) : mitigation;
}

/**
 * Where the container is not as its template has it, what changed it. Else back to the revision before, where there is one. Else the
 * image whose name the container's environment holds: virt-operator derives all other images from that (KubeVirt v1.9.0
 * pkg/virt-operator/util/config.go), so the two belong together. Else the whole manifest again.
 */
export function otherImage(operator: Operator, { pod, container }: ContainerIn): Mitigation {
  const { deployment, replicaSets } = operator;
  if (changedContainer(pod, container, replicaSets)) return FIND_CHANGER;
  const namespace = deployment?.metadata?.namespace;
  const action = 'roll-back';
  if (replicaSets.length > 1) {
    return { action, automatic: true, command: undo(operator, container) };
  }
  const image = ownImage(deployment, container);
  const command = image
    ? shell`kubectl -n ${namespace} set image deployment/${nameOf(deployment)} ${container}=${image}`
    : reinstallCommand(kubevirtVersion({ deployment, kubevirts: null, operatorWebhook: null }));
  return { action, automatic: false, command };
}

/** To the newest revision with another image; without a number kubectl takes the one before, whatever its image is. */
function undo(operator: Operator, container: string): string {
  const { deployment } = operator;
  const image = imageIn(deployment?.spec?.template, container);
  const [before, ...older] = earlierRevisions(operator);
  const line = shell`kubectl -n ${deployment?.metadata?.namespace} rollout undo deployment/${nameOf(deployment)}`;
  if (!before || imageIn(before.spec?.template, container) !== image) return line;
  const other = older.find((one) => imageIn(one.spec?.template, container) !== image);
  return other ? `${line} --to-revision=${revisionOf(other)}` : line;
}

function imageIn(template: PodTemplate | null | undefined, container: string): string | null {
  return list(template?.spec?.containers).find(({ name }) => name === container)?.image ?? null;
}

/** Whether an image comes from another registry than KubeVirt's: its own manifest would take that registry out of use. */
function isMirrored(image: string | null): boolean {
  return image !== null && !/^(?:quay\.io|(?:docker\.io\/)?kubevirt)\//.test(image);
}

function lookAtRegistry(pod: Pod): Mitigation {
  const command = shell`kubectl -n ${pod.metadata?.namespace} describe pod ${nameOf(pod)}`;
  const push = 'Push the image into that registry again, or name one in the Deployment that is there.';
  return { action: 'mirror-image', automatic: false, command, steps: [command, push] };
}

/** The image that a container believes to run, where it is set to run another. */
function ownImage(deployment: Deployment | null, container: string): string | null {
  const found = list(deployment?.spec?.template?.spec?.containers).find(({ name }) => name === container);
  const image = list(found?.env).find(({ name }) => /^(?:VIRT_)?OPERATOR_IMAGE$/.test(name ?? ''))?.value;
  // It becomes part of a command that a person copies.
  return image && image !== found?.image && /^[\w./:@-]+$/.test(image) ? image : null;
}
