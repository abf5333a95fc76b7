import type { EvidenceItem, Mitigation, Observation } from '../../model/finding.ts';
import type { Deployment, KubernetesEvent, Pod, PodTemplate } from '../../model/kubernetes.ts';
import { eventMessage, eventsAbout } from '../meta/event.ts';
import { list } from '../meta/list.ts';
import { isControlledBy, nameOf } from '../meta/reference.ts';
import { shell } from '../meta/shell.ts';
import { kubevirtVersion, reinstallCommand } from '../operator/installation.ts';
import type { Operator } from '../operator/operator.ts';
import { earlierRevisions, revisionOf } from '../operator/revision.ts';
import { changedContainer, FIND_CHANGER } from '../pod/changed-pod.ts';
import { type ContainerStatus, containerStatuses } from '../pod/pod.ts';
import { type PodFailure, podObservations } from './pod-failure.ts';
import { isOwnDecision, lacksImage, type PullClass, pullClass } from './pull-class.ts';
import { toldFailure } from './told-failure.ts';

export interface PullFailure extends PodFailure {
  image: string;
  kind: PullClass | 'pull-secret-missing';
  /** The kubelet decided so, and no text had to be understood. */
  certain: boolean;
}

type Events = readonly KubernetesEvent[] | null | undefined;

/** Containers whose image cannot be pulled, with the kubelet's or the runtime's own words and what these mean. */
export function pullFailures(pods: readonly Pod[], events: Events): PullFailure[] {
  return pods.flatMap((pod) => {
    const waiting = containerStatuses(pod)
      .filter((status) => lacksImage(status.state?.waiting?.reason))
      .map((status) => {
        const reason = status.state?.waiting?.reason;
        const container = status.name ?? '<unnamed>';
        const words = pullWords(pod, status, events);
        const image = status.image || imageOf(pod, container);
        return {
          pod,
          container,
          image,
          kind: kindOf(pod, words, reason, events),
          certain: isOwnDecision(reason),
          ...words,
        };
      });
    const told = toldFailure(pod, events);
    if (!told || !lacksImage(told.reason)) return waiting;
    return [...waiting, { pod, ...told, kind: kindOf(pod, told, told.reason, events), certain: false }];
  });
}

function kindOf(
  pod: Pod,
  { message }: Pick<PullFailure, 'message'>,
  reason: string | null | undefined,
  events: Events,
): PullFailure['kind'] {
  const found = pullClass(message, reason);
  return found === 'image-unauthorized' && secretEvent(pod, events) ? 'pull-secret-missing' : found;
}

/** Before Kubernetes 1.32 a back-off message hides why the pull failed, and only the event says it. */
function pullWords(pod: Pod, status: ContainerStatus, events: Events): Pick<PullFailure, 'message' | 'source'> {
  const message = status.state?.waiting?.message ?? '';
  const told = eventsAbout(events, pod).find((event) => eventMessage(event).includes('pull image'));
  const bare = pullClass(message) === 'image-pull-failed' && !message.includes('ErrImagePull: ');
  return bare && told
    ? { message: eventMessage(told), source: `pod/${nameOf(pod)} event ${told.reason}` }
    : { message, source: `pod/${nameOf(pod)} state.waiting of container ${status.name ?? ''}` };
}

/** The kubelet could not read a pull secret (Kubernetes 1.36 pkg/kubelet/kubelet_pods.go getPullSecretsForPod); it says so at every try. */
function secretEvent(pod: Pod, events: Events): KubernetesEvent | null {
  return eventsAbout(events, pod, 'FailedToRetrieveImagePullSecret')[0] ?? null;
}

/** What the kubelet says of pull secrets that it could not read. */
export function secretWords(pod: Pod, events: Events): EvidenceItem[] {
  const event = secretEvent(pod, events);
  const source = `pod/${nameOf(pod)} event FailedToRetrieveImagePullSecret`;
  return event ? [{ text: eventMessage(event), source }] : [];
}

function imageOf(pod: Pod, container: string): string {
  const containers = [...list(pod.spec?.initContainers), ...list(pod.spec?.containers)];
  return containers.find((one) => one.name === container)?.image ?? '<unknown image>';
}

/** The registry in an image's name: `docker.io` where it names none (github.com/distribution/reference normalize.go splitDockerDomain). */
export function registryOf(image: string): string {
  const [host = '', ...path] = image.split('/');
  return path.length > 0 && /^(?:localhost|[\w-]*[.:][\w.:-]*)$/.test(host) ? host : 'docker.io';
}

/** What a rule adds to what is the same for every way in which a pull fails. */
interface Words {
  title(first: PullFailure, all: readonly PullFailure[]): string;
  evidence?(first: PullFailure): EvidenceItem[];
  /** What mends it, where that is not another image. */
  mitigation?(first: PullFailure, all: readonly PullFailure[]): Mitigation;
}

/** What the rule for one kind of pull failure says about all pods that fail so; nothing when none does. */
export function pullObservations(
  operator: Operator,
  events: Events,
  kind: PullFailure['kind'],
  words: Words,
): Observation[] {
  const failures = pullFailures(operator.unready, events).filter((one) => one.kind === kind);
  return podObservations(failures, (first) => ({
    title: words.title(first, failures),
    confidence: confidenceOf(first),
    evidence: [...changed(operator, first), ...(words.evidence?.(first) ?? [])],
    mitigation: words.mitigation?.(first, failures) ?? pullable(operator, first),
  }));
}

function changed({ replicaSets }: Operator, { pod, container }: ContainerIn): EvidenceItem[] {
  const change = changedContainer(pod, container, replicaSets);
  return change ? [change] : [];
}

function confidenceOf({ certain, kind }: PullFailure): Observation['confidence'] {
  if (certain) return 'certain';
  return kind === 'image-pull-failed' ? 'possible' : 'likely';
}

export type ContainerIn = Pick<PodFailure, 'pod' | 'container'>;

/** Another image, and not one that cannot be pulled either: an earlier revision may have the same. */
function pullable(operator: Operator, { pod, container }: ContainerIn): Mitigation {
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
