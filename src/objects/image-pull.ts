import type { Observation } from '../model/finding.ts';
import type { KubernetesEvent, Pod } from '../model/kubernetes.ts';
import { eventMessage, eventsAbout } from './event.ts';
import { list } from './list.ts';
import { type Operator, podGap } from './operator.ts';
import { type ContainerStatus, containerStatuses } from './pod.ts';
import { nameOf, reference } from './reference.ts';

const PULL_REASONS = ['ErrImagePull', 'ImagePullBackOff', 'RegistryUnavailable'];

export interface PullFailure {
  pod: Pod;
  container: string;
  image: string;
  message: string;
  source: string;
}

/** Containers whose image cannot be pulled, with the runtime's own words. */
export function pullFailures(
  pods: readonly Pod[],
  events: readonly KubernetesEvent[] | null | undefined,
): PullFailure[] {
  return pods.flatMap((pod) =>
    containerStatuses(pod)
      .filter((status) => PULL_REASONS.includes(status.state?.waiting?.reason ?? ''))
      .map((status) => {
        const container = status.name ?? '<unnamed>';
        const words = pullWords(pod, status, events);
        return { pod, container, image: status.image || imageOf(pod, container), ...words };
      }),
  );
}

/** Before Kubernetes 1.32 a back-off message hides why the pull failed, and only the event says it. */
function pullWords(
  pod: Pod,
  status: ContainerStatus,
  events: readonly KubernetesEvent[] | null | undefined,
): Pick<PullFailure, 'message' | 'source'> {
  const message = status.state?.waiting?.message ?? '';
  const told = eventsAbout(events, pod, 'Failed')
    .map(eventMessage)
    .find((text) => text.includes('pull image'));
  const bare = /^Back-off pulling image "[^"]*"$/.test(message) || message === '';
  return bare && told !== undefined
    ? { message: told, source: `pod/${nameOf(pod)} event Failed` }
    : { message, source: `pod/${nameOf(pod)} state.waiting of container ${status.name ?? ''}` };
}

function imageOf(pod: Pod, container: string): string {
  const containers = [...list(pod.spec?.initContainers), ...list(pod.spec?.containers)];
  return containers.find((one) => one.name === container)?.image ?? '<unknown image>';
}

export type PullClass = 'unauthorized' | 'not-found' | 'other';

/** Texts of containerd, CRI-O and Docker-era runtimes, in an order where an earlier one would also match a later pattern. */
const CLASSES: readonly [PullClass, RegExp][] = [
  [
    'other',
    /no match for platform|no image found in (?:manifest list|image index)|toomanyrequests|too many requests|\b429\b/i,
  ],
  ['other', /x509|tls:|TLS handshake|server gave HTTP response|no such host|server misbehaving|proxyconnect/i],
  [
    'other',
    /i\/o timeout|connection (?:refused|reset)|deadline exceeded|unexpected EOF|50\d (?:Bad|Service|Gateway|Internal)/i,
  ],
  [
    'unauthorized',
    /pull access denied|may require authorization|insufficient_scope|authorization failed|failed to authorize/i,
  ],
  ['unauthorized', /\b401\b|\b403 Forbidden|unauthorized|no basic auth credentials|access to the resource is denied/i],
  ['not-found', /manifest unknown|name unknown|code = NotFound|not found/i],
];

/** What kind of refusal a pull failure is. `other` covers the network, TLS, rate limits and platforms. */
export function pullClass(message: string): PullClass {
  return CLASSES.find(([, pattern]) => pattern.test(message))?.[0] ?? 'other';
}

/** What a rule for one class of pull failures says about all pods that fail so; nothing when none does. */
export function pullObservations(
  operator: Operator,
  events: readonly KubernetesEvent[] | null | undefined,
  kind: PullClass,
  title: (image: string) => string,
): Observation[] {
  const failures = pullFailures(operator.unready, events).filter((one) => pullClass(one.message) === kind);
  const [first] = failures;
  if (!first) return [];
  const { deployment } = operator;
  const name = nameOf(deployment);
  const revisions = operator.replicaSets.length > 1;
  return [
    {
      title: title(first.image),
      object: reference('Pod', first.pod),
      since: first.pod.metadata?.creationTimestamp ?? null,
      confidence: 'likely',
      evidence: failures.map(({ message, source }) => ({ text: message, source })),
      explains: failures.map((one) => podGap(one.pod)),
      mitigation: {
        action: 'roll-back',
        automatic: revisions,
        command: revisions
          ? `kubectl -n ${deployment?.metadata?.namespace ?? ''} rollout undo deployment/${name}`
          : `kubectl -n ${deployment?.metadata?.namespace ?? ''} set image deployment/${name} ${first.container}=IMAGE`,
      },
    },
  ];
}
