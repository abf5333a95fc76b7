import type { EvidenceItem, Mitigation, Observation } from '../../model/finding.ts';
import type { KubernetesEvent, Pod } from '../../model/kubernetes.ts';
import { eventMessage, eventsAbout } from '../meta/event.ts';
import { list } from '../meta/list.ts';
import { nameOf } from '../meta/reference.ts';
import type { Operator } from '../operator/operator.ts';
import { changedContainer } from '../pod/changed-pod.ts';
import { type ContainerStatus, containerStatuses } from '../pod/pod.ts';
import { type ContainerIn, pullable } from './other-image.ts';
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
